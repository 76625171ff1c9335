"""The raw distribution of IAM-OnDB (Liwicki and Bunke 2005, doi 10.1109/ICDAR.2005.132) to lines: lineStrokes/**.xml and ascii/**.txt.

The collection is for non-commercial research only.

Splits: validation are the lines that the Distill article used, named in `iam_validation_lines.txt`; the other lines of their forms, which share
writer and text with them, are test; all else is train. So whole forms are held out. Where none of those lines is there, as among one's own lines in
this layout, every tenth form is validation, or of a single form every tenth line.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from hwmodel.data.lines import Lines
from hwmodel.data.raw import Account, find_folder, progress, stack_lines

VALIDATION = Path(__file__).with_name("iam_validation_lines.txt")
EVERY = 10  # of how many forms of one's own one is held out
FAR = int(np.iinfo(np.int16).max)  # whiteboard units: what the lines file can hold, three times a board's width


def read_iam(root: Path) -> tuple[Lines, Account]:
    """All lines in the folder `root`, ordered by name, and an account. Raises ValueError where there are none."""
    files = sorted(find_folder(root, "lineStrokes").rglob("*.xml"), key=lambda path: path.stem)
    text_files = {path.stem: path for path in find_folder(root, "ascii").rglob("*.txt")}
    account = Account()
    names, texts, inks = [], [], []
    for form, group in groupby(progress(files, "IAM-OnDB"), key=lambda path: form_of(path.stem)):
        paths = list(group)
        written = read_text(text_files[form]) if form in text_files else []
        account.kept["forms"] += 1
        account.kept["forms with another number of lines in their text than of files"] += len(written) != len(paths)
        for i, path in enumerate(paths):
            try:
                inks.append(read_strokes(path))
            except ValueError as error:
                account.left_out[str(error)] += 1
                continue
            names.append(path.stem)
            texts.append(written[i] if i < len(written) else "")
    if not names:
        raise ValueError(f"there is no line of IAM-OnDB in {root}\n{account.text()}")
    account.kept["lines"] = len(names)
    account.kept["points"] = sum(len(stroke) for strokes in inks for stroke in strokes)
    return stack_lines(inks, names=np.array(names), split=splits(names), texts=np.array(texts)), account


def form_of(name: str) -> str:
    """The form a line is from: a01-000u for a01-000u-05."""
    return name.rpartition("-")[0]


def splits(names: list[str]) -> np.ndarray:
    """Each line's split, by the rule above."""
    validation = set(VALIDATION.read_text("utf-8").split())
    held_out = {form_of(name) for name in validation}
    found = ["validation" if name in validation else "test" if form_of(name) in held_out else "train" for name in names]
    if "validation" not in found and len(names) > 1:
        forms = sorted(set(map(form_of, names)))
        chosen = set(forms[EVERY // 2 :: EVERY] or forms[-1:] if len(forms) > 1 else names[EVERY // 2 :: EVERY] or names[-1:])
        found = ["validation" if {name, form_of(name)} & chosen else "train" for name in names]
    return np.array(found)


def read_text(path: Path) -> list[str]:
    """What is written on a form, line by line: all that follows CSR:, in the transcription of the lines as they were written."""
    _, _, transcription = path.read_text("latin-1").partition("CSR:")
    return [line.strip() for line in transcription.splitlines() if line.strip()]


def read_strokes(path: Path) -> list[np.ndarray]:
    """The strokes (n, 2) of one line, in whiteboard units. Raises ValueError that says what is wrong with the file, but not its name."""
    try:
        root = ElementTree.parse(path).getroot()
        strokes = [np.array([(float(p.attrib["x"]), float(p.attrib["y"])) for p in stroke.iter("Point")]) for stroke in root.iter("Stroke")]
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise ValueError("lines whose XML is broken") from error
    strokes = [stroke for stroke in strokes if len(stroke)]
    if sum(map(len, strokes)) < 2:
        raise ValueError("lines of less than two points")
    if np.abs(np.concatenate(strokes) - strokes[0][0]).max() > FAR:
        raise ValueError(f"lines with a point more than {FAR} units away")
    return strokes
