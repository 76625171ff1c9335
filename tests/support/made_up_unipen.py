"""A small distribution in UNIPEN's format, of ink that nobody wrote."""

from __future__ import annotations

from pathlib import Path

import numpy as np

X_HEIGHT = 50.0  # of the made-up writers, device units


def wave(text: str, left: float, base: float, height: float = X_HEIGHT) -> np.ndarray:
    """A word's ink as one stroke (n, 2) on whole device units, y downwards: up and down once a letter, by a hand that is not quite steady."""
    angle = np.arange(0, 2 * np.pi * len(text), 0.3)
    shaking = np.random.default_rng([ord(letter) for letter in text]).normal(0, 0.6, (len(angle), 2))
    return (np.stack((left + height * angle / 6, base - height / 2 * (1 - np.cos(angle))), axis=1) + shaking).round()


def row_of(text: str, left: float, base: float) -> list[np.ndarray]:
    """The words of a text side by side, two x-heights apart."""
    strokes: list[np.ndarray] = []
    for word in text.split():
        strokes.append(wave(word, left, base))
        left = strokes[-1][-1, 0] + 2 * X_HEIGHT
    return strokes


def block(keyword: str, points: np.ndarray, lift: str = "") -> str:
    """A component as the files have it: y upwards."""
    return f".{keyword}\n" + "".join(f"{x:.0f} {-y:.0f}\n" for x, y in points) + f".PEN_UP\n{lift}"


TEXTS = ("the quick brown fox", "jumps over lazy dogs", "pack my box with jugs", "sphinx of black quartz")
WORDS = [f"word{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(60)]


def write_distribution(root: Path) -> Path:
    """A distribution of two donors, one of them of no use; the other gave texts and words by one writer, with faults of every kind."""
    for folder in ("data/8/zzz", "data/7/zzz", "include/zzz/data", "data/8/ced"):
        (root / folder).mkdir(parents=True)
    parts, segments, count = [".VERSION 1.0\n.COORD X Y\n.X_POINTS_PER_INCH 300\n.COMMENT nothing\n  1 2 3\n"], [], 0
    for i, text in enumerate(TEXTS):
        strokes = row_of(text, 100, 500 + 400 * i)
        parts += [block("PEN_DOWN", stroke) for stroke in strokes]
        segments.append(f'.SEGMENT TEXT {count}-{count + len(strokes) - 1} OK "{text}"')
        count += len(strokes)
    two_rows = [*row_of("five dozen", 100, 3000), *row_of("liquor jars", 100, 3300)]
    parts += [block("PEN_DOWN", stroke, lift="900 -900\n") for stroke in two_rows]  # a lift with points counts as a component
    segments.append(f'.SEGMENT TEXT {count}-{count + 2 * len(two_rows) - 1} ? "five \\"dozen\\"\nliquor jars"')
    count += 2 * len(two_rows)
    parts += [block("PEN_DOWN", np.zeros((1, 2))), ".PEN_DOWN\n\n.PEN_UP\n"]
    segments += [f'.SEGMENT TEXT {count} OK "withheld words"', '.SEGMENT TEXT 1-3 BAD "never mind"', '.SEGMENT TEXT 4-6 OK "XXX"']
    segments += ['.SEGMENT TEXT 0-900 OK "too far"', '.SEGMENT TEXT 0-3 OK "said again"', '.SEGMENT TEXT 5 OK "lonely"']
    (root / "include/zzz/data/inner.dat").write_bytes("".join(parts).replace("\n", "\r\n").encode("latin-1"))
    (root / "include/zzz/page.dat").write_text(".WRITER_ID\tann\n.INCLUDE zzz/data/inner.dat\n.INCLUDE zzz/data/gone.dat\n", "utf-8")
    (root / "data/8/zzz/page.dat").write_text(".INCLUDE zzz/page.dat\n" + "\n".join(segments) + "\n", "utf-8")
    (root / "data/8/ced/digits.dat").write_text('.SEGMENT TEXT 0 OK "1234"\n', "utf-8")
    inks = [block("PEN_DOWN", wave(word, 300 * (i % 7), 400 * i)) for i, word in enumerate(WORDS)]
    (root / "include/zzz/words.dat").write_text(".WRITER_ID ann\n" + "".join(inks), "utf-8")
    labels = "".join(f'.SEGMENT WORD {i} OK "{word}"\n' for i, word in enumerate(WORDS))
    (root / "data/7/zzz/words.dat").write_text(".INCLUDE zzz/words.dat\n" + labels + '.SEGMENT WORD 0:5-0:40 OK "1234"\n', "utf-8")
    return root
