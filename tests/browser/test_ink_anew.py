"""A text that is written in the browser: its lines, its hand and its letters are those of Python."""

from __future__ import annotations

import random

import numpy as np
import pytest

from hwmodel.data.texts import ALPHABET, LONGEST, lines_of, writable
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_text_checkpoint
from hwmodel.sampling.hands import load_hands
from hwmodel.sampling.laws import graves
from hwmodel.sampling.text_lines import write_texts
from hwmodel.sampling.told import LEAD, letters_of
from hwmodel.views.ink_anew import written_with
from hwmodel.views.ink_view import Panel, ink_bytes
from tests.support.blobs import unpack
from tests.support.engine import Run, floats_of, given_for, text_of

TOLD = written_with("", 1.0, 3, None)
BLOB = "const line = { text: given.text, offsets: floatsOf(given.offsets), progress: floatsOf(given.progress) };"


def made_up_text(rng: random.Random) -> str:
    """Words, some too long for a line, with characters that are spelt otherwise or left out."""
    signs = ALPHABET + "\u00e9\u00df\u201c\u2026\u2013&\u0141\u2615\u00a0\U0001f600e\u0301"
    words = ["".join(rng.choices(signs.strip(), k=rng.choice((1, 2, 3, 5, 9, 14)))) for _ in range(rng.randrange(1, 30))]
    return "".join(word + rng.choice((" ", " ", " ", "  ", "\n", "\t", "\r\n")) for word in words)


def test_a_text_has_the_same_lines_as_in_python(run: Run) -> None:
    rng = random.Random(0)
    texts = [made_up_text(rng) for _ in range(100)] + ["", " \n ", "a" * 95, f"so {'m' * 45} on", "\u2615"]
    body = """return given.texts.map((text) => {
        const found = js.writable(text, given.told.alphabet, given.told.spelt);
        return [found.text, found.leftOut.join(""), js.linesOf(found.text, given.told.numbers.longest)];
    })"""
    for text, (plain, left_out, lines) in zip(texts, run("../ink_anew/text.js", body, {"texts": texts, "told": TOLD}), strict=True):
        ours = writable(text, ALPHABET)
        assert (plain, left_out) == (ours.text, ours.left_out)
        assert lines == (lines_of(ours.text, ALPHABET) if ours.text.strip() else [])
        assert all(len(line) <= LONGEST for line in lines)


@pytest.mark.parametrize("seed", range(3))
def test_ink_and_its_letters_are_sent_to_the_view_as_python_sends_them(run: Run, seed: int) -> None:
    rng, text = np.random.default_rng(seed), "ab cde f"
    offsets = rng.normal(0.3, 1, (80, 3)).astype(np.float32)
    offsets[:, 2] = rng.random(80) < 0.2
    progress = np.sort(rng.uniform(-0.5, len(text) + 1, 80)).astype(np.float32)
    given = {"text": text, "offsets": text_of(offsets), "progress": text_of(progress), "lead": LEAD}
    body = f"""{BLOB}
        const {{ header, arrays }} = js.blobOf([line], given.lead, {{ name: "ink", px_per_unit: 4, thickness: 2 }});
        return [header, ...["points", "inked", "level", "letter"].map((name) => [...arrays[name]])];
    """
    found, *numbers = run("../ink_anew/blob.js", body, given)
    ink = Strokes(offsets)
    header, arrays = unpack(ink_bytes([Panel(ink, text, "", text=text, letters=letters_of(text, ink, progress))], 4, 2, play=True, name="ink"))
    assert found == {name: value for name, value in header.items() if name != "arrays"}
    for name, values in zip(("points", "inked", "level", "letter"), numbers, strict=True):
        np.testing.assert_allclose(np.reshape(values, arrays[name].shape), arrays[name], atol=1e-4, err_msg=name)


def test_a_letter_is_written_to_its_end_in_one_hand_and_only_what_is_new_is_written_again(run: Run) -> None:
    model, hand = load_text_checkpoint("iam-text").model, load_hands("iam-text")[0]
    body = """
        const { engine } = await begin(), asked = [], writer = new js.Writer({ ...engine, open: (text) => (asked.push(text), engine.open(text)) });
        const found = [];
        for (const lines of [["thank you", "Anna"], ["thank you", "Annas"]]) found.push(await writer.write(lines, given.told));
        const primed = await writer.write(["thank you"], given.primed);
        return [[...found, primed].map((lines) => lines.map(({ offsets, progress }) => [offsets, progress].map(textOf))), asked];
    """
    told, primed = written_with("", 1.0, 3, None), written_with("", 1.0, 3, hand)
    (first, second, in_hand), asked = run("engine.js ../ink_anew/writer.js", body, given_for(model, told=told, primed=primed))
    assert asked == ["thank you", "thank you Anna", "thank you Annas", f"{hand.text} thank you"], "the second line goes on from the first"
    assert first[0] == second[0] and first[1] != second[1]
    for (offsets, progress), length in ((first[0], 9), (first[1], 4), (second[1], 5), (in_hand[0], 9)):
        assert floats_of(progress)[-1] == pytest.approx(length, abs=1.2) and len(floats_of(offsets)) == 3 * len(floats_of(progress))
    ours = write_texts(model, ["thank you"] * 4, range(4), graves(1.0), hand=hand)
    assert abs(floats_of(in_hand[0][1])[0]) < 1.5 and np.ptp(floats_of(in_hand[0][0]).reshape(-1, 3)[:, 0].cumsum()) == pytest.approx(
        np.mean([np.ptp(line.strokes.points[:, 0]) for line in ours]), rel=0.4
    )
