"""Escaping of typed text for Streamlit's Markdown."""

import re


def escape_markdown(text: str) -> str:
    """The text escaped, so that nothing in it is Markdown, LaTeX, Streamlit's own markup or a link.

    A backslash escapes a character; an invisible word joiner (U+2060) keeps addresses from becoming links.
    """
    escaped = re.sub(r"([\\`*_{}\[\]<>$~|#])", r"\\\1", " ".join(text.split()))
    return re.sub(r"(:(?=\S)|@|\bwww(?=\.))", "\\1\u2060", escaped)
