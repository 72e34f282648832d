"""The page's own font, as Streamlit brings it: charts have just the room that its letters take."""

from base64 import b64encode
from functools import lru_cache
from pathlib import Path

import streamlit as st

FAMILY = "Source Sans"
PATTERN = "static/static/media/SourceSansVF-Upright*.woff2"


@lru_cache(maxsize=1)
def font_face() -> str:
    """The CSS rule that brings the font; nothing where Streamlit has none: then the system has."""
    for font in Path(st.__file__).parent.glob(PATTERN):
        letters = b64encode(font.read_bytes()).decode()
        source = f'url(data:font/woff2;base64,{letters}) format("woff2")'
        return f'@font-face {{ font-family: "{FAMILY}"; font-weight: 100 900; src: {source}; }}'
    return ""
