"""Handwriting, seen from inside: streamlit run app.py"""

import streamlit as st

from pages.ui.shell import address, embed, entrance, fault, ink_source, look, process, terms, tour

process.prepare()
st.set_page_config(page_icon="✍️", layout="wide")
look.dress()
with fault.caught():
    embed.leave_out()
    page = entrance.enter()
    name = page.url_path or address.FRONT
    place = None if name == address.FRONT else ink_source.sidebar(on_write=name == address.WRITE)
    if place is not None:
        tour.arrive(name)
    page.run()
    terms.glossary(name)
    tour.onward(name)
    if place is not None:  # the first page needs no network
        ink_source.show(place, on_write=name == address.WRITE)
process.settle()
process.trim()
