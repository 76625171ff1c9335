"""The registry of formats: what is made from its rows, and what a row takes."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from hwmodel.formats import registry
from hwmodel.formats.content import Content
from hwmodel.formats.reading import ReadInk, in_model_units
from hwmodel.formats.registry import FORMATS, READ, WRITTEN, Format, InkError, extensions, help_text, read_ink, write_ink, written_as
from hwmodel.ink.strokes import Strokes
from tests.support.lines import wavy_offsets

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")

FOLDER = Path(registry.__file__).parent


def row(format: Format) -> str:
    """A format's line in the README's table."""
    files = ", ".join(f".{ending}" for ending in format.extensions)
    cells = [format.name, files, "yes" if format.read else "", "yes" if format.write else "", format.note]
    return "| " + " | ".join(cell for cell in cells) + " |"


def test_the_readmes_table_has_a_row_for_every_format_and_no_other() -> None:
    table = [line for line in README.split("| format | files | in | out |")[1].split("\n\n")[0].splitlines() if line.startswith("| ")]
    wanted = [row(format) for format in FORMATS]
    assert table == wanted, "the README's table should read:\n" + "\n".join(wanted)


def test_no_reader_and_no_writer_stands_without_a_row() -> None:
    used = {function.__module__ for format in FORMATS for function in (format.looks_like, format.read, format.write) if function}
    there = {path.stem for path in FOLDER.glob("*.py") if re.search(r"^def (looks_like|write)\(", path.read_text("utf-8"), re.MULTILINE)}
    assert {f"hwmodel.formats.{name}" for name in there} <= used


def test_every_format_is_read_or_written_and_tells_its_own_files() -> None:
    for format in FORMATS:
        assert format.read or format.write
        assert (format.read is None) == (format.looks_like is None)
    assert len({format.name for format in FORMATS}) == len(FORMATS)
    assert len({format.media_type for format in WRITTEN}) == len(WRITTEN)


@pytest.mark.parametrize("format", [format for format in READ if format in WRITTEN], ids=lambda format: format.name)
def test_what_a_format_writes_it_knows_again(format: Format) -> None:
    content = Content(write_ink(Strokes(wavy_offsets(30)), format.name))
    assert next(other for other in READ if other.looks_like and other.looks_like(content)) == format


def test_a_new_row_is_all_that_reading_writing_uploading_and_the_sentences_need(monkeypatch: pytest.MonkeyPatch) -> None:
    """Binary, too."""

    def read(content: Content) -> ReadInk:
        return in_model_units([np.frombuffer(content.data[4:], "<f4").reshape(-1, 2)], 1.0)

    toy = Format("Toy", ("toy",), "application/x-toy", lambda content: content.data.startswith(b"TOY\xff"), read, lambda _: b"TOY\xff" + bytes(16))
    monkeypatch.setattr(registry, "FORMATS", (toy, *FORMATS))
    monkeypatch.setattr(registry, "READ", (toy, *READ))
    monkeypatch.setattr(registry, "WRITTEN", (toy, *WRITTEN))
    assert len(read_ink(write_ink(Strokes(wavy_offsets(3)), "Toy"), "ink.toy").strokes) == 1
    assert "toy" in extensions() and "Toy" in help_text()
    with pytest.raises(InkError, match="expected Toy"):
        read_ink(b"<html/>", "page.html")


def test_a_format_that_is_not_written_is_said_to_be_none() -> None:
    with pytest.raises(KeyError, match="no format 'Betamax' is written"):
        write_ink(Strokes(wavy_offsets(3)), "Betamax")


def test_a_row_cannot_be_changed() -> None:
    assert replace(FORMATS[0], name="Other").name == "Other"
    with pytest.raises(AttributeError):
        FORMATS[0].name = "Other"  # type: ignore[misc]


@pytest.mark.parametrize("format", [format for format in WRITTEN if format.write_told], ids=lambda format: format.name)
def test_what_the_ink_says_stands_in_the_file_and_changes_no_ink(format: Format) -> None:
    ink, text = Strokes(wavy_offsets(30)), 'a < "b" & c'
    told = format.to_bytes(ink, text)
    assert text in unescape(told.decode()).replace('\\"', '"')
    assert read_ink(told, "ink").strokes == read_ink(format.to_bytes(ink), "ink").strokes


def test_a_file_name_chooses_the_format_that_is_written() -> None:
    assert [written_as(f"Ink.{format.extensions[0].upper()}") for format in WRITTEN] == list(WRITTEN)
    with pytest.raises(ValueError, match=r"ink\.pdf ends in none of \.svg, \.png"):
        written_as("ink.pdf")
