"""Text that somebody typed, made safe for Streamlit's Markdown."""

import re


def escape_markdown(text: str) -> str:
    """Text in which no character means anything to Markdown, LaTeX or Streamlit's own markup, and nothing is a link.

    A backslash takes a character's meaning away; an invisible word joiner (U+2060) keeps addresses from becoming links.
    """
    escaped = re.sub(r"([\\`*_{}\[\]<>$~|#])", r"\\\1", " ".join(text.split()))
    return re.sub(r"(:(?=\S)|@|\bwww(?=\.))", "\\1\u2060", escaped)
