"""The style sheets, as `<style>` elements for st.html."""

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=8)
def style(name: str) -> str:
    """The style sheet of this name: "page", "projector" or "link"."""
    return f"<style>{Path(__file__).with_name(name + '.css').read_text(encoding='utf-8')}</style>"
