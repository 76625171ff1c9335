"""What is written for people is so: README's lists, the recipes' paths, and examples, which are run."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest

from hwmodel.network.shipped import Kind, available_checkpoints
from pages.ui.shell.address import PAGES
from pages.ui.shell.entrance import MENU

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
NAMES = ("README.md", "hwmodel/README.md", "pages/README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md", ".deploy/README.md")
TEXTS = {name: (ROOT / name).read_text("utf-8") for name in NAMES}
EXAMPLES = {
    "load_checkpoint": "hwmodel.network.checkpoint",
    "generate": "hwmodel.sampling.lines",
    "sample_futures": "hwmodel.futures.drawing",
    "record_cells": "hwmodel.cells.recording",
    "order_cells": "hwmodel.cells.ordering",
}


def first_cells(text: str, heading: str) -> list[str]:
    """The first column of the table that begins with this heading, without the marks of code."""
    rows = text.split(f"| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip().strip("`") for row in rows]


def run_examples(test: doctest.DocTest) -> None:
    told: list[str] = []
    result = doctest.DocTestRunner().run(test, out=told.append)
    assert result.attempted and not result.failed, "".join(told)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_what_people_call_are_so(name: str) -> None:
    module = importlib.import_module(EXAMPLES[name])
    (test,) = (test for test in doctest.DocTestFinder(recurse=False).find(getattr(module, name), name, globs=vars(module).copy()))
    run_examples(test)


def test_the_library_in_ten_lines_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert code.count(">>>") == 10
    run_examples(doctest.DocTestParser().get_doctest(code, {}, "the library in ten lines", "README.md", 0))


def test_the_readme_lists_every_page_in_the_menus_order() -> None:
    titles = [title for title, _ in MENU.values()]
    assert first_cells(README, "page") == titles and len(titles) == len(list((ROOT / "pages").glob("*.py")))


def test_every_page_is_known_to_the_address() -> None:
    assert sorted(PAGES) == sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_begins_as_all_do(page: Path) -> None:
    assert "entrance.begin(" in page.read_text("utf-8")


def test_the_readme_lists_every_command() -> None:
    files = [*(ROOT / "hwmodel").glob("*.py"), *(ROOT / "hwmodel").glob("*/__main__.py")]
    commands = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__") for path in files if path.stem != "__init__"}
    listed = first_cells(README, "command")
    assert sorted(listed) == sorted(f"python -m {command}" for command in commands)


def test_the_readme_lists_every_folder() -> None:
    """Those of the top, and what it names below them is there."""
    named = [line.split()[0] for line in README.split("## Folders\n\n```\n")[1].split("```")[0].splitlines()]
    assert [name for name in named if not (ROOT / name).exists()] == []
    folders = {f"{path.parent.relative_to(ROOT).parts[0]}/" for path in ROOT.glob("*/**/*.py") if not path.relative_to(ROOT).parts[0].startswith(".")}
    assert folders - {"runs/"} <= set(named)


def test_a_shipped_checkpoint_has_all_that_belongs_to_it() -> None:
    """Its row in the README, card and curve, what it is shown with and, where it writes as it likes, a map of its cells and ranges, or else hands."""
    folder = ROOT / "hwmodel/checkpoints"
    names = sorted(path.stem for path in folder.glob("*.safetensors"))
    assert sorted(name.split("`")[0] for name in first_cells(README, "checkpoint")) == names
    more = dict.fromkeys(available_checkpoints(), ("showcase.json", "cells.npz", "domain.json")) | dict.fromkeys(
        available_checkpoints(kind=Kind.TEXT), ("showcase.json", "hands.json")
    )
    for name in names:
        endings = ("md", "curve.svg", *more.get(name, ()))
        assert [ending for ending in endings if not (folder / f"{name}.{ending}").exists()] == [], f"{name}: ship it with python -m hwmodel.card"


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_and_test_that_a_text_names_is_there(name: str) -> None:
    text = TEXTS[name]
    files = {word.split("::")[0] for word in re.findall(r"`((?:hwmodel|pages|tests)/[a-z_/.]*[a-z](?:::\w+)?)/?`", text)}
    assert [file for file in sorted(files) if not (ROOT / file).exists()] == []
    for file, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text):
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), f"{name} names {file}::{test}"
    for link in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
        assert ((ROOT / name).parent / link).exists(), f"{name} links to {link}"


@pytest.mark.parametrize("recipe", re.findall(r"^## (.+)$", TEXTS[".github/CONTRIBUTING.md"], re.MULTILINE))
def test_a_recipe_has_at_most_ten_lines_and_ends_in_a_test(recipe: str) -> None:
    lines = TEXTS[".github/CONTRIBUTING.md"].split(f"## {recipe}\n")[1].split("\n## ")[0].strip().splitlines()
    assert len(lines) <= 10 and re.search(r"`tests/[\w/]+\.py(::\w+)?`", lines[-1])


@pytest.mark.parametrize("name", TEXTS)
def test_prose_is_narrow_enough_to_read(name: str) -> None:
    prose = re.sub(r"```.*?```", "", TEXTS[name], flags=re.DOTALL)
    assert [line for line in prose.splitlines() if len(line) > 110 and not line.startswith("|")] == []
