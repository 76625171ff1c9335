"""With what a text was written, and by what rules: so that a network in the browser writes it, or another one."""

from __future__ import annotations

from typing import TypedDict

from hwmodel.data.texts import ALIKE, ALPHABET, LONGEST, MOST_OF_LETTER, SPELT
from hwmodel.sampling.endings import STEPS_A_CHARACTER, STEPS_AT_LEAST
from hwmodel.sampling.hands import Hand
from hwmodel.sampling.told import LEAD
from hwmodel.views.engine import ENDING_NUMBERS, EndingNumbers
from hwmodel.views.packing import pack

DIGITS = 4  # of a hand's offsets


class HandInk(TypedDict):
    """A hand's text, and its offsets (T, 3) one after the other."""

    text: str
    offsets: list[float]


class TextNumbers(TypedDict):
    """How a text becomes lines, how long one is written at most, and where the window stands."""

    longest: int
    most_characters: int
    steps_a_character: int
    steps_at_least: int
    lead: float


class WrittenWith(TypedDict):
    """The contract with pages/ui/components/ink_anew/data.js, which says what each is."""

    text: str
    bias: float
    seed: int
    hand: HandInk | None
    alphabet: str
    endings: EndingNumbers
    numbers: TextNumbers
    spelt: dict[str, str]


class LiveTextHeader(TypedDict):
    """The contract with pages/ui/components/live_text/data.js, which says what each is."""

    engine: str
    fingerprint: str
    label: str
    to: str
    told: WrittenWith
    px_per_unit: float
    thickness: float


TEXT_NUMBERS: TextNumbers = {
    "longest": LONGEST,
    "most_characters": MOST_OF_LETTER,
    "steps_a_character": STEPS_A_CHARACTER,
    "steps_at_least": STEPS_AT_LEAST,
    "lead": LEAD,
}


def written_with(text: str, bias: float, seed: int, hand: Hand | None) -> WrittenWith:
    """Of a text that is written with this bias and this seed, in a hand or in any."""
    return {
        "text": text,
        "bias": bias,
        "seed": seed,
        "hand": {"text": hand.text, "offsets": hand.strokes.offsets.round(DIGITS).ravel().tolist()} if hand else None,
        "alphabet": ALPHABET,
        "endings": ENDING_NUMBERS,
        "numbers": TEXT_NUMBERS,
        "spelt": {chr(code): plain for code, plain in ALIKE.items()} | SPELT,
    }


def live_text_bytes(header: LiveTextHeader) -> bytes:
    """The blob of the component that writes what is typed."""
    return pack(header)
