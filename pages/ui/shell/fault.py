"""The last net under every page: what nobody foresaw becomes one sentence that says so, and a line in the server's log."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from hwmodel.network.shipped import CheckpointError
from pages.ui.shell.words import escaped

LOG = logging.getLogger(__name__)
P = ParamSpec("P")


@contextmanager
def caught() -> Iterator[None]:
    """What is raised in here is shown as one sentence: a network that cannot be used by its cause and remedy, all else as a fault of ours, which is
    logged with its trace under a number that the visitor sees."""
    try:
        yield
    except CheckpointError as error:
        st.error(f"The network cannot be used: {escaped(str(error))}.")
    except Exception:
        number = secrets.token_hex(3)
        LOG.exception("fault %s", number)
        st.error(
            "This is a fault of ours, and none of yours: this part of the page could not be made. Another ink or another setting may do; "
            f"if none does, tell whoever runs this page the number {number}, under which it is logged."
        )


def guarded(draw: Callable[P, None]) -> Callable[P, None]:
    """A fragment's function with the net under it: a fragment also runs alone, without app.py around it."""

    @wraps(draw)
    def over_the_net(*args: P.args, **kwargs: P.kwargs) -> None:
        with caught():
            draw(*args, **kwargs)

    return over_the_net
