"""Handwriting, seen from inside: streamlit run app.py"""

import streamlit as st

from pages.ui.shell import address, embed, entrance, fault, ink_source, process, terms, tour

process.prepare()
st.set_page_config(page_icon="✍️", layout="wide")
st.html(
    f"<style>{terms.STYLE}</style>"
    "<style>.stMainBlockContainer { padding-top: 3.5rem; max-width: 1200px; } "
    "@media (max-width: 640px) { [data-testid=stExpandSidebarButton]::after { content: 'Pages'; padding-left: 0.4em; font-size: 1rem; } }</style>"
)
with fault.caught():
    embed.leave_out()
    page = entrance.enter()
    name = page.url_path or address.FRONT
    place = ink_source.sidebar(folded=name == address.FRONT, on_write=name == address.WRITE)
    page.run()
    terms.glossary(name)
    tour.onward(name)
    if name != address.FRONT:  # which needs no network
        ink_source.show(place, on_write=name == address.WRITE)
process.settle()
process.trim()
