"""Handwriting, seen from inside: streamlit run app.py"""

import streamlit as st

from hwmodel.network.shipped import CheckpointError
from pages.ui.shell import entrance, ink_source, process

process.prepare()
st.set_page_config(page_icon="✍️", layout="wide")
st.html("<style>.stMainBlockContainer { padding-top: 3.5rem; max-width: 1200px; }</style>")
page = entrance.enter()
place = ink_source.sidebar()
try:
    page.run()
    ink_source.show(place)
except CheckpointError as error:
    st.error(f"The network cannot be used: {error}.")
