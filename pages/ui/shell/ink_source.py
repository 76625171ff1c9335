"""The one ink that every page looks at: chosen in the sidebar, kept across pages, and in the link where it fits."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hwmodel.formats.link import LinkError, pack, unpack
from hwmodel.ink.shapes import SHAPES, shape
from hwmodel.ink.strokes import Strokes, to_polylines
from hwmodel.network.shipped import available_checkpoints, default_checkpoint
from hwmodel.sampling.showcase import showcase
from pages.ui import cached
from pages.ui.shell import address, terms
from pages.ui.shell.words import escaped
from pages.ui.write import line

MOST_SHOWN = 20  # characters of a text
GENERATED, DRAWN, UPLOADED, MADE, *_ = address.options("ink_source")
INKS = {DRAWN: "drawn_ink", UPLOADED: "uploaded_ink", MADE: "made_ink"}  # source -> session key of its ink
SAID = "ink_said"  # session key: source -> what its ink says


@dataclass(frozen=True)
class Ink:
    strokes: Strokes
    label: str  # where it comes from, for captions and file names
    text: str = ""  # what it says, its lines joined by line breaks, where that is known


def checkpoint_name() -> str:
    """The network chosen in the sidebar. Raises CheckpointError where there is none."""
    return address.network()


def network_choice() -> None:
    """Ask for the network, by whose writing it learnt, with its licence in sight; what it is shown with follows."""
    names, chosen = available_checkpoints(), checkpoint_name()
    st.selectbox(
        "Network",
        names,
        names.index(chosen),
        format_func=title,
        key="checkpoint",
        persist_state="session",
        on_change=lambda: address.follow(chosen, st.session_state.checkpoint),
    )
    name = checkpoint_name()
    address.write(checkpoint=None if name == default_checkpoint() else name)
    st.caption(f"Weights: {escaped(showcase(name).licence)}")


def title(checkpoint: str) -> str:
    """A network as pages call it."""
    words = showcase(checkpoint).title
    return words[0].upper() + words[1:]


def set_drawn(strokes: Strokes | None) -> None:
    """Make this what the source `Drawn` stands for; None where nothing is drawn."""
    if strokes is None:
        say(DRAWN, "")
    st.session_state.drawn_ink = strokes


def drawn() -> Strokes | None:
    """What was last written on the page Your hand, or came with a link."""
    return st.session_state.get("drawn_ink")


def make(strokes: Strokes, label: str, text: str = "") -> None:
    """Make ink that was written on a page here the one that all pages look at (in a callback); `label` says how it was made, `text` what it says."""
    st.session_state.made_ink = (strokes, label)
    st.session_state.ink_source = MADE
    say(MADE, text)


def say(source: str, text: str) -> None:
    """Keep with the ink of a source what it says, for the session; the link says it of the chosen one."""
    st.session_state.setdefault(SAID, {})[source] = text


def said_of(source: str) -> str:
    """What the ink of a source says, where the reader or a page has said it."""
    return str(st.session_state.get(SAID, {}).get(source, ""))


def ask_what_it_says(source: str, label: str, placeholder: str, labelled: bool = True) -> str:
    """A field for what the ink of a source says, which is kept with the ink; what it says now."""
    key, known = f"ink_says_{source}", said_of(source)
    st.session_state[key] = known
    st.text_area(
        label,
        key=key,
        height=68,
        max_chars=address.MOST_SAID,
        placeholder=placeholder,
        label_visibility="visible" if labelled else "collapsed",
        on_change=lambda: say(source, st.session_state[key]),
    )
    return known


def given() -> str | None:
    """The chosen source, where its ink was given and nobody but the reader knows what it says; None where there is no such ink."""
    source = str(address.value("ink_source"))
    return source if source in INKS and st.session_state.get(INKS[source]) is not None else None


def said() -> str:
    """What the chosen ink says, before the network is loaded; nothing where that is not known."""
    source = given()
    if source is not None:
        return said_of(source)
    return "" if address.value("ink_source") in SHAPES else "\n".join(line.asked().lines)


def sidebar(folded: bool = False, on_write: bool = False) -> DeltaGenerator:
    """The shared controls, which fold to one line; returns the place for `show`. app.py draws them, but on the first page, which does so itself. The
    network is not loaded here. The page Write has seed and bias in its own middle."""
    open_link()
    key = "looking_at_folded" if folded else "looking_at"  # what is folded on the first page is not on the others
    with st.sidebar, st.expander(f"Looking at: {escaped(looked_at())}", expanded=not folded, key=key):
        network_choice()
        source = st.selectbox("Ink to look inside", help="What all pages look at. Generated: the line on Write.", **address.widget("ink_source"))
        if source == GENERATED and not on_write:
            st.number_input("Seed", help=terms.meaning("seed"), **address.unbound("ink_seed"))
            st.slider("Bias", help=terms.meaning("bias"), **address.unbound("ink_bias"))
        elif source == UPLOADED:
            upload_controls()
        if "link_error" in st.session_state:
            st.warning(escaped(st.session_state.link_error))
        return st.container()


def looked_at() -> str:
    """The ink that is chosen, in a few words, before the network is loaded."""
    source = str(address.value("ink_source"))
    if source == GENERATED:
        if text := " ".join(str(address.value("write_text") or "").split()):
            return f"“{text}”" if len(text) <= MOST_SHOWN else f"“{text[:MOST_SHOWN]} …”"
        return f"seed {int(address.value('ink_seed'))}, bias {float(address.value('ink_bias')):g}"
    return {DRAWN: "your own writing", UPLOADED: "an uploaded file", MADE: "what you made here"}.get(source, source.lower())


def upload_controls() -> None:
    """Ask for a file, and say what is wrong with it."""
    from hwmodel.formats.registry import extensions, help_text

    st.file_uploader(
        "Ink file",
        type=extensions(),
        help=help_text(),
        key="ink_file",
        on_change=take_upload,
    )
    if "upload_error" in st.session_state:
        st.error(escaped(st.session_state.upload_error))
    if "uploaded_ink" in st.session_state:
        st.toggle(
            "Space its points as a pen does",
            key="ink_respaced",
            persist_state="session",
            help="The network expects close points in turns and far ones on straight ways. Ink from a drawing program has others.",
        )


def take_upload() -> None:
    """Keep the ink of the uploaded file for the session; a file that cannot be read changes nothing."""
    from hwmodel.formats.registry import InkError, read_ink

    st.session_state.pop("upload_error", None)
    file = st.session_state.ink_file
    if file is None:
        return
    try:
        st.session_state.uploaded_ink = (read_ink(file.getvalue(), file.name).strokes, file.name)
        say(UPLOADED, "")
    except InkError as error:
        st.session_state.upload_error = f"{error}."


def current_ink() -> Ink:
    """The ink that the sidebar's choice stands for: the generated line where nothing has been drawn, uploaded or made yet."""
    source = st.session_state.get("ink_source", GENERATED)
    if source in SHAPES:
        return Ink(shape(source), source.lower())
    strokes = drawn()
    if source == DRAWN and strokes is not None:
        return Ink(strokes, "drawn by hand", said())
    if source == UPLOADED and "uploaded_ink" in st.session_state:
        as_read, name = st.session_state.uploaded_ink
        if not st.session_state.get("ink_respaced"):
            return Ink(as_read, name, said())
        spaced = cached.spaced_anew(as_read)
        if isinstance(spaced, str):
            return Ink(as_read, f"{name}, its points left as they are: {spaced}", said())
        return Ink(spaced, f"{name}, points spaced anew", said())
    if source == MADE and "made_ink" in st.session_state:
        made, label = st.session_state.made_ink
        return Ink(made, label, said())
    return Ink(*line.chosen(checkpoint_name()))


def show(place: DeltaGenerator, on_write: bool = False) -> None:
    """Fill the sidebar's place with the ink, small, and keep the link in step. Called after the page, which stands before the network is loaded."""
    ink = current_ink()
    line.keep_in_link(on_write)
    with place:
        if st.session_state.get("ink_source") == DRAWN and drawn() is None:
            st.info("Nothing is drawn yet: write on the page **Your hand**. Until then the pages show a generated line.")
        elif st.session_state.get("ink_source") == UPLOADED and "uploaded_ink" not in st.session_state:
            st.info("No file yet. Until then the pages show a generated line.")
        elif st.session_state.get("ink_source") == MADE and "made_ink" not in st.session_state:
            st.info("Nothing was made yet: choose a line on **Write**, or a way through the **Futures**. Until then the pages show a generated line.")
        st.html(thumbnail(ink.strokes))
        note = "" if keep_link(ink.strokes) else " · too long for the link: download it to give it to others"
        st.caption(f"{escaped(ink.label)} · {len(ink.strokes):,} points{note}")
        st.download_button(
            "Download ink",
            lambda: to_json(ink),
            "ink.json",
            "application/json",
            on_click="ignore",
            width="stretch",
            help="Can be given again as an upload.",
        )


def open_link() -> None:
    """Once a session: take the ink that came with the link."""
    if "link_opened" in st.session_state:
        return
    st.session_state.link_opened = True
    text = address.read("ink")
    if text is None:
        return
    try:
        strokes = unpack(text)
    except LinkError as error:
        st.session_state.link_error = str(error)
        return
    source = address.read("ink_source")
    say(source if source in (UPLOADED, MADE) else DRAWN, address.read("ink_says") or "")
    if source == UPLOADED:
        st.session_state.uploaded_ink = (strokes, "from a link")
    elif source == MADE:
        st.session_state.made_ink = (strokes, "from a link")
    else:
        set_drawn(strokes)


def keep_link(strokes: Strokes) -> bool:
    """Put ink that was drawn, uploaded or made into the address; other ink is there by its name or its seed. False where it is too long."""
    is_given = given() is not None
    text = pack(strokes) if is_given else None
    address.write(ink=text, ink_says=(said() or None) if text else None)
    return text is not None or not is_given


def to_json(ink: Ink) -> bytes:
    """The ink as a JSON file that can be uploaded again."""
    from hwmodel.formats.registry import write_ink

    return write_ink(ink.strokes, "JSON", ink.text or None)


def thumbnail(strokes: Strokes) -> str:
    """The ink as wide as the sidebar, in the theme's text colour. Streamlit takes inline SVG out of HTML, so the ink is a mask on a plain box."""
    (left, top), (right, bottom) = strokes.points.min(axis=0), strokes.points.max(axis=0)
    width, height = max(right - left, 8.0) + 2, max(bottom - top, 4.0) + 2
    path = " ".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) + ("h0" if len(line) == 1 else "") for line in to_polylines(strokes))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="{(left + right - width) / 2:.1f} {(top + bottom - height) / 2:.1f} {width:.1f} {height:.1f}">'
        f'<path d="{path}" fill="none" stroke="#000" stroke-width="1.4" vector-effect="non-scaling-stroke" stroke-linecap="round"/></svg>'
    )
    mask = f"url(data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}) center / contain no-repeat"
    style = f"background:currentColor;aspect-ratio:{max(width / height, 2.5):.2f};mask:{mask}"
    return f'<div role="img" aria-label="The chosen ink" style="{style}"></div>'
