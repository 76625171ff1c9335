"""XML read so that no file can do harm: counted while it is read, and stopped at the first element too many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from hwmodel.formats.reading import InkError
from hwmodel.ink.limits import MAX_POINTS

MOST_ELEMENTS = 3 * MAX_POINTS  # IAM-OnDB has one a point, and a program's wrappings may stand around each
DEEPEST = 200  # elements inside one another


@dataclass(slots=True)
class Node:
    """An element: its name and its attributes' names without their prefixes, and the text right in it, that of its children left out."""

    tag: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(name, otherwise)

    def walk(self) -> list[Node]:
        """This element and all below it, in the order of the file."""
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting += reversed(node.children)
        return found


def parse_xml(text: str) -> Node:
    """The root element. Raises InkError where it is broken, declares entities, or has more elements than ink can need.

    Entities are what XML's known attacks are made of, and no ink needs them. Declared attributes are harmless, but their values are left out.
    """
    parser = expat.ParserCreate()
    parser.specified_attributes = True
    parser.buffer_text = True
    open_nodes: list[Node] = []
    roots: list[Node] = []
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS:
            raise InkError(f"there are more than {MOST_ELEMENTS:,} XML elements in it; ink needs at most one for each of its {MAX_POINTS:,} points")
        if len(open_nodes) >= DEEPEST:
            raise InkError(f"its XML elements stand more than {DEEPEST} deep in one another, which no ink does")
        node = Node(bare(tag), {bare(name): value for name, value in attributes.items()})
        (open_nodes[-1].children if open_nodes else roots).append(node)
        open_nodes.append(node)

    def end(_tag: str) -> None:
        open_nodes.pop()

    def characters(data: str) -> None:
        open_nodes[-1].pieces.append(data)

    def entity(*_: object) -> NoReturn:
        raise InkError("it declares XML entities of its own, which are not read for safety; save it as plain XML")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, InkError):
            raise
        raise InkError(f"this is no valid XML, or it was cut short ({error})") from error
    return roots[0]


def bare(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]
