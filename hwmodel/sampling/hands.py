"""Hands to write in: short ink whose text is known, which a text network goes on from (Graves 2013, section 5.5). Free of torch: pages show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hwmodel.data.texts import ALPHABET, LONGEST, writable
from hwmodel.formats.link import LinkError, pack, unpack
from hwmodel.ink.page import lines_on
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import SHIPPED, CheckpointError

STEPS_A_LETTER = (4, 80)  # of ink that may say a text: people take 21, and slow pens more


@dataclass(frozen=True)
class Hand:
    """Ink that says `text`. Raises ValueError where its last stroke is not at its end: what is written next would be joined to it."""

    text: str
    strokes: Strokes

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.strokes.finished:
            raise ValueError("a hand is shown by ink that says something, and whose last stroke ends with a pen lift")


def hand_from(ink: Strokes, text: str) -> Hand:
    """The hand of ink that somebody wrote, by its first line, which says the first line of `text`; characters that no network has seen are spelt as
    `writable` spells them. Raises ValueError, a sentence, where there is no text, or the ink cannot say it."""
    lines = [" ".join(line.split()) for line in writable(text, ALPHABET).text.splitlines() if line.strip()]
    if not lines:
        raise ValueError("say what the ink says, in letters, digits or marks")
    if len(lines[0]) > LONGEST:
        raise ValueError(f"a hand is taken from a line of at most {LONGEST} characters, and this has {len(lines[0])}: write a shorter one")
    offsets = ink.offsets[lines_on(ink, len(lines))[0]].copy()
    fewest, most = (each * len(lines[0]) for each in STEPS_A_LETTER)
    if not fewest <= len(offsets) <= most:
        raise ValueError(f"the ink has {len(offsets)} steps, and “{lines[0]}” takes {fewest} to {most}: write it anew, or say what the ink does say")
    offsets[-1, 2] = 1
    return Hand(lines[0], Strokes(offsets))


def hands_path(checkpoint: str, folder: Path = SHIPPED) -> Path:
    """Where the hands of a checkpoint are, or would be."""
    return folder / f"{checkpoint}.hands.json"


@cache
def load_hands(checkpoint: str, folder: Path = SHIPPED) -> tuple[Hand, ...]:
    """The hands that come with a checkpoint; none where none are there. Raises CheckpointError for a file that cannot be read."""
    path = hands_path(checkpoint, folder)
    if not path.exists():
        return ()
    try:
        return tuple(Hand(one["text"], unpack(one["ink"])) for one in json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, LinkError) as error:
        raise CheckpointError(f"{path.name} holds no hands, or was cut short ({error}); fetch it again") from error


def save_hands(path: Path, hands: list[Hand]) -> None:
    """Write hands, their points rounded to 1/40 of a model unit. Raises ValueError for ink that is too long."""
    packed = [{"text": hand.text, "ink": pack(hand.strokes)} for hand in hands]
    if long := [one["text"] for one in packed if one["ink"] is None]:
        raise ValueError(f"the ink of a hand must be short enough for a link, which {long[0]!r} is not")
    path.write_text(json.dumps(packed, indent=1) + "\n", "utf-8")
