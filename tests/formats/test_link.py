import base64
import zlib

import numpy as np
import pytest

from hwmodel.formats.link import LINK_LIMIT, LinkError, pack, read_varints, unpack, unzigzag, varints, zigzag
from hwmodel.ink.shapes import SHAPES, shape
from hwmodel.ink.strokes import Strokes, from_polylines
from hwmodel.ink.units import WHITEBOARD_UNITS
from tests.support.lines import wavy_offsets


def packed(strokes: Strokes) -> str:
    text = pack(strokes)
    assert text is not None
    return text


def test_packed_ink_comes_back_within_half_a_grid_step() -> None:
    ink = Strokes(wavy_offsets(300), (2.0, -7.5))
    again = unpack(packed(ink))
    assert np.array_equal(again.pen_up, ink.pen_up)
    assert abs(again.points - ink.points).max() <= 0.5 / WHITEBOARD_UNITS + 1e-6


def test_what_came_out_of_a_link_goes_into_the_same_link() -> None:
    text = packed(Strokes(wavy_offsets(200), (1.0, 1.0)))
    assert packed(unpack(text)) == text


def test_a_written_word_is_short_enough_for_a_link() -> None:
    text = packed(Strokes(wavy_offsets(300)))
    assert len(text) < 1200 and all(c.isalnum() or c in "-_" for c in text)


def test_ink_too_long_for_a_link_is_said_to_be() -> None:
    assert pack(Strokes(wavy_offsets(4000))) is None


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_fits_in_a_link(name: str) -> None:
    assert unpack(packed(shape(name))).finished


def test_a_dot_and_a_jump_survive() -> None:
    ink = from_polylines([np.array([[3.0, 4.0]]), np.array([[500.0, -900.0], [501.0, -900.0]])], finished=False)
    again = unpack(packed(ink))
    assert np.array_equal(again.offsets, ink.offsets) and again.start == ink.start


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "ä",
        "a" * 999,
        packed(Strokes(wavy_offsets(50)))[:-6],
        "A" + packed(Strokes(wavy_offsets(50)))[1:],
        base64.urlsafe_b64encode(zlib.compress(b"\0" * 10_000_000, 9)).decode()[:1800],
        base64.urlsafe_b64encode(zlib.compress(bytes(varints([1, 3, 5, 9, 9, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0])))).decode(),
        base64.urlsafe_b64encode(zlib.compress(bytes(varints([9, 0, 0, 0, 0])))).decode(),
    ],
)
def test_nonsense_in_a_link_gives_one_clear_sentence(text: str) -> None:
    with pytest.raises(LinkError, match="Ask for the link again"):
        unpack(text)


def test_a_link_that_is_too_long_is_not_even_tried() -> None:
    with pytest.raises(LinkError, match="at most"):
        unpack("A" * (LINK_LIMIT + 1))


def test_random_bytes_never_do_worse_than_a_clear_sentence() -> None:
    rng = np.random.default_rng(0)
    for _ in range(300):
        body = rng.integers(0, 256, rng.integers(1, 60), np.uint8).tobytes()
        try:
            unpack(base64.urlsafe_b64encode(zlib.compress(body)).decode())
        except LinkError:
            continue


def test_numbers_survive_as_bytes() -> None:
    numbers = np.array([0, -1, 1, 63, -64, 64, 8191, -123456])
    assert np.array_equal(unzigzag(np.array(read_varints(bytes(varints(list(zigzag(numbers))))))), numbers)


@pytest.mark.parametrize(("offsets", "says"), [([[3e8, 0, 1]], "farther than any page"), ([[9e4, 0, 0], [-9e4, 0, 1]], "180,000 model units long")])
def test_ink_that_no_hand_wrote_is_refused_in_a_link_too(offsets: list[list[float]], says: str) -> None:
    with pytest.raises(LinkError, match=says):
        unpack(packed(Strokes(np.array(offsets, np.float32))))
