"""What is written on a line, as the classes of its characters. Free of torch.

Class 0 is every character outside the alphabet, class k the alphabet's k-th.
"""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass

import numpy as np

# What IAM-OnDB's train lines have more than twice.
ALPHABET = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,\"'-?!:;()#/%+"

LONGEST = 40  # characters of a line: longer ones are rare among those that were learnt from
MOST_CHARACTERS = 4000
MOST_OF_LETTER = 1000  # of a short letter, as one is typed on a page
MOST_NAMED = 8
ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})  # typographic for written ones
# What normal form KD does not take apart.
SPELT = {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "&": "and"} | dict(
    zip("øØłŁđĐðı×−‐‑´`", "oOlLdDdix---''", strict=True)
)


def tidy(transcript: str) -> str:
    """A transcript as it is written: some of IAM-OnDB's set punctuation apart from the word before it."""
    for mark in ".,?!:;)":
        transcript = transcript.replace(f" {mark}", mark)
    return transcript.replace("( ", "(").strip()


def lines_of(text: str, alphabet: str, most: int = LONGEST, most_characters: int = MOST_CHARACTERS) -> list[str]:
    """What is to be written, line by line: broken where it is broken, and between words where a line would have more than `most` characters.

    Raises ValueError, a sentence for the reader, where there is nothing to write, too much, or a character that is not in the alphabet.
    """
    lines = [" ".join(line.split()) for line in text.translate(ALIKE).splitlines()]
    if not any(lines):
        raise ValueError("there is nothing to write: the text is empty, or blanks only")
    if len(text) > most_characters:
        raise ValueError(f"the text has {len(text):,} characters; at most {most_characters:,} are written at once")
    if strange := unknown("".join(lines), alphabet):
        named = ", ".join(name_of(character) for character in strange[:MOST_NAMED]) + (" and others" if len(strange) > MOST_NAMED else "")
        raise ValueError(f"the network has never seen {named}; leave out or replace what is not among {''.join(sorted(alphabet)).strip()}")
    return [part for line in lines if line for part in textwrap.wrap(line, most, break_on_hyphens=False)]


@dataclass(frozen=True)
class Writable:
    """A text with nothing in it that the network has never seen."""

    text: str
    replaced: dict[str, str]  # a character -> what is written instead
    left_out: str  # characters, each once


def writable(text: str, alphabet: str) -> Writable:
    """The text in an alphabet's characters: typographic ones as they are written by hand, letters without the marks that the network has never seen
    (e for é), and the rest left out. Line breaks stay."""
    spelt, replaced = [], {}
    for character in text.translate(ALIKE):
        if character in alphabet or character.isspace():
            spelt.append(character)
            continue
        plain = "".join(part for part in unicodedata.normalize("NFKD", SPELT.get(character, character)) if part in alphabet and part != " ")
        replaced[character] = plain
        spelt.append(plain)
    return Writable(
        "".join(spelt),
        {character: plain for character, plain in replaced.items() if plain},
        "".join(character for character, plain in replaced.items() if not plain and not unicodedata.combining(character)),
    )


def name_of(character: str) -> str:
    """A character as a reader can find it, the ones that cannot be seen too."""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"{character} ({name})" if character.isprintable() else name


def encode(text: str, alphabet: str) -> np.ndarray:
    """The class (U,) int64 of each character."""
    return np.array([alphabet.find(character) + 1 for character in text], np.int64)


def unknown(text: str, alphabet: str) -> str:
    """The characters of a text that are not in the alphabet, each once, in their order."""
    return "".join(dict.fromkeys(character for character in text if character not in alphabet))


def pad(codes: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Classes (B, U) int64 of several texts side by side, and each text's length (B,) int64; what is beyond a text's end has class 0."""
    lengths = np.array([len(code) for code in codes], np.int64)
    padded = np.zeros((len(codes), lengths.max()), np.int64)
    for row, code in zip(padded, codes, strict=True):
        row[: len(code)] = code
    return padded, lengths
