"""The line on Write, which is the ink of all pages unless another is chosen: what the visitor and the address say of it, and its ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from hwmodel.data.texts import ALPHABET, MOST_NAMED, MOST_OF_LETTER, Writable, lines_of, name_of, writable
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import CheckpointError
from hwmodel.sampling.hands import Hand, load_hands
from hwmodel.sampling.laws import GRAVES
from hwmodel.sampling.showcase import showcase
from hwmodel.sampling.told import Told, told_page
from hwmodel.views.ink_anew import WrittenWith, written_with
from pages.ui import cached
from pages.ui.components.ink_view import Written
from pages.ui.shell import address

if TYPE_CHECKING:
    from hwmodel.sampling.lines import Generated

SAMPLES = 8  # of a single line
SAMPLES_OF_PAGES = 4  # of each line of several
OWN_HAND = "own_hand"  # session key
LINES, GRID = address.options("write_view")
ACROSS = {GRAVES: (0.0, 0.5, 1.0, 2.0), "Temperature": (1.0, 0.7, 0.4, 0.1), "Root temperature": (1.0, 0.5, 0.2, 0.05)}  # the grid's columns
DOWN = 4  # the grid's rows
GRID_STEPS = 250  # short: what a setting does shows in a word or two
CHOSEN = ("ink_seed", "ink_bias", "write_text", "write_hand", "write_sample")  # kept in the link by `keep_in_link` on every page
WIDGETS = ("write_view", "write_lines", "write_law", "write_temperature", "write_pen_bias", "write_steps")  # ... and on Write by themselves


@dataclass(frozen=True)
class Asked:
    """What is to be written."""

    lines: tuple[str, ...] = ()  # none where the network writes as it likes
    note: str = ""  # what is written otherwise than it was typed, in a sentence
    error: str = ""  # why it cannot be written, in a sentence


def asked() -> Asked:
    """The lines of the text field, in characters that the network has seen."""
    text = str(address.value("write_text") or "")
    if not text:
        return Asked()
    if not text.strip():
        return Asked(note="There are only blanks in the field, so the network writes as it likes.")
    found = writable(text, ALPHABET)
    if not found.text.strip():
        return Asked(error=f"The network has never seen {named(found.left_out)}, and nothing else is in the field: type letters, digits or marks.")
    try:
        lines = lines_of(found.text, ALPHABET, most_characters=MOST_OF_LETTER)
    except ValueError as error:
        return Asked(error=f"{error}."[0].upper() + f"{error}."[1:])
    return Asked(tuple(lines), changed(found))


def changed(found: Writable) -> str:
    """What of a text was left out and replaced, in a sentence; nothing where nothing was."""
    said = [f"{named(found.left_out)}: left out, as the network has never seen it"] if found.left_out else []
    said += [f"{name_of(strange)}: written as {plain}" for strange, plain in list(found.replaced.items())[:MOST_NAMED]]
    return f"{'; '.join(said)}." if said else ""


def named(characters: str) -> str:
    """Some characters so that a reader can find them."""
    return ", ".join(map(name_of, characters[:MOST_NAMED])) + (" and others" if len(characters) > MOST_NAMED else "")


@dataclass(frozen=True)
class Setting:
    """What a network that is told nothing writes its lines with."""

    seeds: tuple[int, ...]
    law: str
    values: tuple[float, ...]  # of the law, one for each seed
    pen_bias: float
    steps: int

    def name(self, index: int) -> str:
        """A line by its seed and its law's value."""
        return f"seed {self.seeds[index]}, {self.value_name(index)}"

    def value_name(self, index: int) -> str:
        return f"{'bias' if self.law == GRAVES else 'temperature'} {self.values[index]:g}"

    def only(self, index: int, steps: int) -> Setting:
        """One line alone, of so many steps."""
        return Setting(self.seeds[index : index + 1], self.law, self.values[index : index + 1], self.pen_bias, steps)

    def written(self, checkpoint: str) -> list[Generated]:
        """The lines."""
        return cached.written_lines(checkpoint, self.seeds, self.law, self.values, self.pen_bias, self.steps)


def in_grid() -> bool:
    return bool(address.value("write_view") == GRID)


def setting() -> Setting:
    """The lines, or the grid's, from top left."""
    seed, law, pen_bias = int(address.value("ink_seed")), str(address.value("write_law")), float(address.value("write_pen_bias"))
    if in_grid():
        seeds, values = zip(*((seed + row, column) for row in range(DOWN) for column in ACROSS[law]), strict=True)
        return Setting(seeds, law, values, pen_bias, GRID_STEPS)
    lines, value = int(address.value("write_lines")), float(address.value("ink_bias" if law == GRAVES else "write_temperature"))
    return Setting(seeds_from(seed, lines), law, (value,) * lines, pen_bias, int(address.value("write_steps")))


def seeds_from(seed: int, count: int) -> tuple[int, ...]:
    """A seed and the ones after it: among the network's chosen ones where it is one of them."""
    known = showcase(address.network()).seeds
    if seed in known and count <= len(known):
        return (known * 2)[known.index(seed) :][:count]
    return tuple(range(seed, seed + count))


def text_network() -> str:
    """The network that writes what it is told: the chosen one's own, where there is such a one. Raises CheckpointError where there is none."""
    name = address.told_network(address.network())
    if name is None:
        raise CheckpointError("there is none in hwmodel/checkpoints that is told a text; fetch the project again, or leave the text out")
    return name


def told_samples(line: str) -> list[Told]:
    """Samples of one line, the most legible first. Raises ValueError, a sentence, where none came to its end, and CheckpointError."""
    return cached.told_samples(text_network(), line, *_with(), SAMPLES)


def told_lines(lines: tuple[str, ...]) -> list[Told]:
    """The most legible sample of each line, all in one hand. Raises as `told_samples` does."""
    return cached.told_lines(text_network(), lines, *_with(), SAMPLES_OF_PAGES)


def _with() -> tuple[int, float, Hand | None]:
    """Seed, bias, and the hand, None for any."""
    return int(address.value("ink_seed")), float(address.value("ink_bias")), hand()


def hand() -> Hand | None:
    """The hand that a text is written in: the visitor's own, where that was chosen, or one of those that come with the network; None for any."""
    own, number = own_hand(), int(address.value("write_hand"))
    if own or not number:
        return own
    shipped = load_hands(text_network())
    return shipped[number - 1] if number <= len(shipped) else None


def own_hand() -> Hand | None:
    """The visitor's own hand, where they chose to have it gone on with."""
    return st.session_state.get(OWN_HAND)


def choose_hand(number: int, own: Hand | None = None) -> None:
    """Write in the hand of this number, counted from 1, with 0 in any; or in the visitor's own, which is kept for the session (in a callback)."""
    st.session_state.write_hand, st.session_state[OWN_HAND] = number, own
    choose(0)


def told_with(text: str) -> WrittenWith:
    """With what a text is told, for the network in the browser. Raises CheckpointError."""
    seed, bias, in_hand = _with()
    return written_with(text, bias, seed, in_hand)


def written_by(text: str) -> Written:
    """By what a text is written, for a file that is kept. Raises CheckpointError."""
    return Written(text_network(), told_with(text))


def chosen_of(count: int) -> int:
    """Which of so many lines is the line, from 0."""
    return min(int(address.value("write_sample")), count) - 1


def chosen(checkpoint: str) -> tuple[Strokes, str, str]:
    """The line's ink, what it is in words, and what it says, where it was told. A text that cannot be written counts as none."""
    lines = asked().lines
    try:
        if len(lines) == 1:
            samples = told_samples(lines[0])
            return samples[chosen_of(len(samples))].strokes, f"“{lines[0]}”, seed {address.value('ink_seed')}", lines[0]
        if lines:
            return told_page(told_lines(lines)).strokes, f"“{lines[0]} …”, seed {address.value('ink_seed')}", "\n".join(lines)
    except (ValueError, CheckpointError):
        pass
    free = setting()
    index = chosen_of(len(free.seeds))
    return whole(index).written(checkpoint)[0].strokes, free.name(index), ""


def whole(index: int) -> Setting:
    """One line alone, those of the grid as long as lines are."""
    return setting().only(index, int(address.value("write_steps")))


def keep_in_link(on_write: bool) -> None:
    """Say in the address what the line is, as far as no widget does."""
    too_long = len(address.value("write_text") or "") > MOST_OF_LETTER  # for the network, and for an address
    address.keep(name for name in (CHOSEN if on_write else CHOSEN + WIDGETS) if name != "write_text" or not too_long)
    if too_long:
        address.write(write_text=None)


def choose(index: int) -> None:
    """Make one of the lines the line."""
    st.session_state.write_sample = index + 1
