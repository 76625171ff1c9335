"""What is written on a line, as the classes of its characters. Free of torch.

Class 0 is every character outside the alphabet, class k the alphabet's k-th.
"""

from __future__ import annotations

import numpy as np

# What IAM-OnDB's train lines have more than twice.
ALPHABET = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,\"'-?!:;()#/%+"


def tidy(transcript: str) -> str:
    """A transcript as it is written: some of IAM-OnDB's set punctuation apart from the word before it."""
    for mark in ".,?!:;)":
        transcript = transcript.replace(f" {mark}", mark)
    return transcript.replace("( ", "(").strip()


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
