"""The style sheets, as `<style>` elements for st.html."""

import re
from functools import lru_cache
from pathlib import Path

COMMENT = re.compile(r"\s*/\*.*?\*/", re.DOTALL)


@lru_cache(maxsize=8)
def style(name: str) -> str:
    """The style sheet of this name, "page", "projector" or "link", without its comments."""
    text = Path(__file__).with_name(f"{name}.css").read_text(encoding="utf-8")
    return f"<style>{COMMENT.sub('', text)}</style>"
