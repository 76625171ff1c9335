"""Where colours stand."""

from __future__ import annotations

import re
from pathlib import Path

import hwmodel.views.colours

HWMODEL = Path(__file__).parents[2] / "hwmodel"
HOMES = {"views/colours.py", "cells/roles.py"}  # a role's own colour stands with the role


def test_colours_have_one_home_which_imports_nothing() -> None:
    with_colours = {str(path.relative_to(HWMODEL)) for path in HWMODEL.rglob("*.py") if re.search(r"#[0-9a-fA-F]{3,8}\b", path.read_text("utf-8"))}
    assert with_colours == HOMES
    assert "import" not in re.sub(r'""".*?"""', "", Path(hwmodel.views.colours.__file__).read_text(encoding="utf-8"), flags=re.S)
