"""What the columns of a table of points mean, by their names, as programs and tablets write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hwmodel.formats.reading import InkError

UNITS = {"mm", "cm", "um", "px", "pixel", "pixels", "pt", "unit", "units", "inch", "norm", "normalized", "normalised"}
PLACE = "pos|position|coord|coords|coordinate|point|pen|client|page|offset|screen|canvas|tablet|stylus|tip|raw|local|cursor|mouse|location|value|data"
AXIS = re.compile(rf"(?:{PLACE})?([xy])(?:{PLACE})?")
PART = "stroke|segment|seg|trace|strk|polyline|path|curve|contour|component"
NUMBER = "id|no|nr|num|number|index|idx|i|n|key|name|label|order"
STROKE = re.compile(rf"(?:{PART})s?(?:{NUMBER})?|(?:{NUMBER})(?:of)?(?:{PART})")
NO_NUMBER = re.compile(r"width|colou?r|style|length|type|time|duration|opacity|size|weight|speed|velocity|thickness|count")
UP = {"penup", "ispenup", "up", "isup", "penlift", "lift", "lifted", "penlifted", "liftoff"}
END = {"eos", "endofstroke", "endstroke", "strokeend", "isend", "end", "last", "islast", "lastpoint", "penend"}
DOWN = {"pendown", "ispendown", "down", "isdown", "iswriting", "writing", "isdrawing", "drawing", "touch", "touching", "istouching", "onpaper"}
DOWN |= {"contact", "incontact", "iscontact", "tip", "tipswitch", "tipdown", "button", "buttons", "pressed", "ispressed", "ink", "isink"}
DOWN |= {"penstate", "penstatus", "status"}
EVENT = {"event", "eventtype", "type", "action", "phase", "eventname", "pointerevent", "state"}
PRESSURE = {"p", "pressure", "force", "penpressure", "normalpressure", "pres", "press", "pressurenorm", "tippressure"}


@dataclass(frozen=True)
class Columns:
    """Where in a row the things stand that make a stroke; None where the table does not say."""

    x: int
    y: int
    strokes: tuple[int, ...] = ()  # numbers that change from one stroke to the next
    up: int | None = None  # 1 where the pen lifts after this point, or where it is in the air
    end: int | None = None  # 1 on a stroke's last point
    down: int | None = None  # 1 where it writes
    event: int | None = None  # words of a pointer's log
    pressure: int | None = None

    @property
    def tell_strokes(self) -> bool:
        """Something but the pressure says where the strokes part."""
        return bool(self.strokes) or any(column is not None for column in (self.up, self.end, self.down, self.event))


def plain(name: str) -> str:
    """A column's name in small letters alone, its unit left out: 'posX [mm]' and 'POS_X' both become posx."""
    words = re.split(r"[^a-z0-9]+", re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", re.sub(r"([a-z])([A-Z])", r"\1 \2", name[:200])).lower())
    return "".join(word for word in words if word not in UNITS)


def columns_of(names: Sequence[str]) -> Columns | None:
    """What the columns mean; None where x or y is missing. Raises InkError where one looks like a stroke's number and is not understood."""
    bare = [plain(name) for name in names]
    axes = {name: i for i, name in reversed(list(enumerate(bare))) if AXIS.fullmatch(name)}
    pairs = [(name, swapped) for name in sorted(axes, key=lambda name: (len(name) > 1, axes[name])) if (swapped := other_axis(name)) in axes]
    if not pairs:
        return None
    across, down = pairs[0]

    def first(meant: set[str]) -> int | None:
        return next((i for i, name in enumerate(bare) if name in meant), None)

    strokes = tuple(i for i, name in enumerate(bare) if STROKE.fullmatch(name))
    if not strokes:
        for i, name in enumerate(bare):
            if re.search("stroke|segment|trace", name) and not NO_NUMBER.search(name) and name not in END | UP | DOWN:
                raise InkError(f"its column {names[i][:30]!r} looks like a stroke's number; name it stroke if it is one, or leave it out")
    return Columns(axes[across], axes[down], strokes, first(UP), first(END), first(DOWN), first(EVENT), first(PRESSURE))


def other_axis(name: str) -> str | None:
    """The name of y's column for that of x's."""
    found = AXIS.fullmatch(name)
    return name[: found.start(1)] + "y" + name[found.end(1) :] if found and found[1] == "x" else None
