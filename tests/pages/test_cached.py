"""The caches of the pages: what one key stands for."""

import numpy as np
import streamlit as st

from hwmodel.ink.strokes import Strokes
from pages.ui import cached
from tests.support.lines import wavy_offsets


def test_the_same_movements_elsewhere_go_on_elsewhere() -> None:
    st.cache_data.clear()
    here = Strokes(wavy_offsets(20))
    there = Strokes(here.offsets, (30.0, 5.0))
    starts = [cached.continuations("unipen", ink, (0,), 1.0, 5)[0].strokes.start for ink in (here, there)]
    assert np.allclose(np.subtract(starts[1], starts[0]), (30.0, 5.0))
