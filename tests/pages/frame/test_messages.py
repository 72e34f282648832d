"""Messages may quote anything that was typed: nothing in it becomes Markdown, LaTeX, HTML or a link."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.widgets.frame.markdown import escape_markdown
from tests.engine.strategies import STEADY
from tests.pages.visit import PLAIN, read

HOSTILE = st.text(st.sampled_from("abc \n\\`*_{}[]()<>$~|#:@.-!&/w"), max_size=30)


@STEADY
@given(HOSTILE | st.text(max_size=30))
def test_a_message_reads_as_it_was_meant(text: str) -> None:
    assert read(escape_markdown(text)) == " ".join(text.replace("\u2060", "").split())


@STEADY
@given(HOSTILE)
def test_nothing_in_a_message_is_markup(text: str) -> None:
    safe = escape_markdown(text)
    assert PLAIN.fullmatch(safe)
    assert not re.search(r":[^\s\u2060]|@(?!\u2060)|\bwww\.", safe)
    assert "\n" not in safe


@pytest.mark.parametrize("text", ["http://evil", "a@b.example", "www.evil.example", ":red[x]", ":material/home:"])
def test_nothing_in_a_message_is_a_link_or_an_icon(text: str) -> None:
    assert text not in escape_markdown(text)
    assert read(escape_markdown(text)) == text


def test_plain_words_stay_as_they_are() -> None:
    words = "Row 1, column x2 is empty: type a number."
    assert escape_markdown(words) == words
