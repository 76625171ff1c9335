"""The text of an SVG path's d attribute, alone."""

from __future__ import annotations

import re

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import ReadInk
from hwmodel.formats.svg import from_subpaths
from hwmodel.formats.svg_path import PathReader


def looks_like(content: Content) -> bool:
    return re.match(r"[Mm][\s,]*[-+.\d]", content.text) is not None


@np.errstate(over="ignore", invalid="ignore")  # numbers that run away are refused at the end
def read(content: Content) -> ReadInk:
    """Raises InkError."""
    return from_subpaths(PathReader().subpaths(content.text), ours=False, finished=True)
