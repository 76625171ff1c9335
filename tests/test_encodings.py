"""Every text file is opened with its encoding: the system's own is another one on Windows and under LC_ALL=C."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = [path for folder in ("hwmodel", "pages", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
NOT_TEXT = {"tarfile", "Image", "visitor", "window"}  # whose `open` opens no text file
BEFORE_ENCODING = {"read_text": 0, "write_text": 1}  # arguments that may stand before it


def without_encoding(tree: ast.AST) -> Iterator[str]:
    """The calls that open a text file and leave its encoding to the system."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or any(keyword.arg == "encoding" for keyword in call.keywords):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in BEFORE_ENCODING and len(call.args) <= BEFORE_ENCODING[name]:
            yield ast.unparse(call)
        of = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        modes = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if name == "open" and of not in NOT_TEXT and not any("b" in mode for mode in modes):
            yield ast.unparse(call)


def test_every_text_file_is_opened_with_its_encoding() -> None:
    found = {str(path.relative_to(ROOT)): list(without_encoding(ast.parse(path.read_text("utf-8")))) for path in FILES}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_a_forgotten_encoding_is_found() -> None:
    forgotten = ["p.read_text()", "(p / 'x').write_text(t)", "open(p)", "open(p, 'w')", "p.open('r')"]
    fine = [
        "p.read_text('utf-8')",
        "p.write_text(t, encoding='utf-8')",
        "open(p, 'rb')",
        "p.open('wb')",
        "tarfile.open(p)",
        "open(p, encoding='utf-8')",
    ]
    assert list(without_encoding(ast.parse("\n".join(forgotten + fine)))) == forgotten
