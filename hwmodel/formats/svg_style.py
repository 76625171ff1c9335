"""Which elements of an SVG paint anything: presentation attributes, style attributes and the simple rules of its style sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hwmodel.formats.safe_xml import Node

SELECTOR = re.compile(r"(\*|[\w-]+)?((?:[.#][\w-]+)?)")  # of one element, without its surroundings
SHARE = re.compile(r"([-+]?[\d.]+)(%?)")
CLEAR = re.compile(r"none|transparent|rgba\(.*,\s*0?\.?0*\s*\)|hsla\(.*,\s*0?\.?0*\s*\)|#[0-9a-f]{6}00|#[0-9a-f]{3}0", re.I)
ATTRIBUTES = ("display", "visibility", "opacity", "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "transform-origin")

Declarations = dict[str, str]


class StyleSheet:
    """The rules of all style elements of a file, by their selectors; rules that depend on an element's surroundings are left out."""

    def __init__(self, nodes: list[Node]) -> None:
        self.rules: dict[str, Declarations] = {}
        for node in nodes:
            if node.tag == "style":
                for rule in without_comments(node.text).split("}"):
                    selectors, _, body = rule.rpartition("{")
                    found = declarations(body)
                    for selector in selectors.split(","):
                        if SELECTOR.fullmatch(selector.strip()):
                            self.rules.setdefault(selector.strip(), {}).update(found)

    def of(self, node: Node) -> Declarations:
        """What is declared for an element: attributes, then rules from the general to the special, then its own style."""
        found = {name: node.attributes[name].strip() for name in ATTRIBUTES if name in node.attributes}
        if self.rules:
            classes = node.get("class").split()[:20]
            selectors = ["*", node.tag, *(f".{name}" for name in classes), *(f"{node.tag}.{name}" for name in classes), f"#{node.get('id')}"]
            for selector in (*selectors, f"{node.tag}#{node.get('id')}"):
                found.update(self.rules.get(selector, {}))
        return {**found, **declarations(node.get("style"))}


def without_comments(text: str) -> str:
    """CSS without what stands between /* and */; in one walk, whatever stands there."""
    first, *others = text.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)


def declarations(text: str) -> Declarations:
    """name: value pairs of CSS."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip() for name, _, value in pairs if value.strip()}


@dataclass(frozen=True)
class Paint:
    """What an element inherits, and what that makes of it."""

    fill: bool = True
    stroke: bool = False
    fill_seen: bool = True  # its opacity is not 0
    stroke_seen: bool = True
    visible: bool = True
    shown: bool = True  # neither it nor what it stands in is taken out or wholly clear

    def of(self, declared: Declarations) -> Paint:
        """The paint of an element inside one of this paint."""
        if not declared:
            return self
        found = {name: value for name, value in declared.items() if value.lower() != "inherit"}
        return replace(
            self,
            fill=not CLEAR.fullmatch(found["fill"]) if "fill" in found else self.fill,
            stroke=not CLEAR.fullmatch(found["stroke"]) if "stroke" in found else self.stroke,
            fill_seen=seen(found["fill-opacity"]) if "fill-opacity" in found else self.fill_seen,
            stroke_seen=all(seen(found[name]) for name in ("stroke-opacity", "stroke-width") if name in found)
            if {"stroke-opacity", "stroke-width"} & found.keys()
            else self.stroke_seen,
            visible=found["visibility"].lower() == "visible" if "visibility" in found else self.visible,
            shown=self.shown and found.get("display", "").lower() != "none" and seen(found.get("opacity", "1")),
        )

    @property
    def strokes(self) -> bool:
        """Outlines are drawn."""
        return self.shown and self.visible and self.stroke and self.stroke_seen

    @property
    def fills(self) -> bool:
        """Areas are drawn."""
        return self.shown and self.visible and self.fill and self.fill_seen


def seen(value: str) -> bool:
    """An opacity or a width that is not 0."""
    number = SHARE.match(value)
    try:
        return number is None or float(number[1]) > 0
    except ValueError:
        return True
