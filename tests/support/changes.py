"""What may happen to a good file, for hypothesis; and nonsense in the place of a value."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Changes = list[tuple[int, int, bytes]]  # where, how many bytes go, what is put there

PIECES = st.sampled_from(
    [
        b"",
        b"0",
        b"-",
        b"1e400",
        b"1e-320",
        b"1e38",
        b"nan",
        b"9" * 400,
        b"#",
        b"\xff",
        b"\0",
        b"<",
        b"/>",
        b'"',
        b"{",
        b"]",
        b"[[",
        b",",
        b"\n",
        b"null",
        b"Z",
        b"a",
    ]
)
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 12), PIECES | st.binary(max_size=4)), max_size=4)
ENDS = st.integers(0, 20_000)  # where the file is cut, if it is as long
# JSON of any shape, with the numbers that programs stumble over
PLAIN: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.sampled_from([10**400, -(2**63), 2**31, 1e38, -1e300, 1e-320, float("nan"), float("inf"), "", "M", "Q", "\u0000", "9" * 400, "²"]),
    st.floats(-1e6, 1e6),
    st.text(max_size=3),
)
JSON: st.SearchStrategy[Any] = st.recursive(PLAIN, lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=3), part, max_size=3))


def changed(data: bytes, changes: Changes, end: int) -> bytes:
    """The file with these changes made one after the other, cut at `end`."""
    for at, gone, put in changes:
        place = at % (len(data) + 1)
        data = data[:place] + put + data[place + gone :]
    return data[:end]
