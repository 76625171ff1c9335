"""Handwriting, seen from inside: streamlit run app.py"""

import streamlit as st

from pages.ui.shell import address, entrance, fault, ink_source, process, tour

process.prepare()
st.set_page_config(page_icon="✍️", layout="wide")
st.html("<style>.stMainBlockContainer { padding-top: 3.5rem; max-width: 1200px; }</style>")
with fault.caught():
    page = entrance.enter()
    place = ink_source.sidebar()
    page.run()
    name = page.url_path or address.FRONT
    tour.onward(name)
    if name != address.FRONT:  # which needs no network
        ink_source.show(place)
process.trim()
