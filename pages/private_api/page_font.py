"""The page's font, from inside Streamlit's package: the charts are laid out for the width of its letters."""

from base64 import b64encode
from functools import lru_cache
from pathlib import Path

import streamlit as st

FAMILY = "Source Sans"
PATTERN = "static/static/media/SourceSansVF-Upright*.woff2"


@lru_cache(maxsize=1)
def font_face() -> str:
    """The @font-face rule with the font inlined; "" if Streamlit has no such file, and a system font is used."""
    for font in Path(st.__file__).parent.glob(PATTERN):
        letters = b64encode(font.read_bytes()).decode()
        source = f'url(data:font/woff2;base64,{letters}) format("woff2")'
        return f'@font-face {{ font-family: "{FAMILY}"; font-weight: 100 900; src: {source}; }}'
    return ""
