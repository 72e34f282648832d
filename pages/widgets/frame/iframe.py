"""An iframe that shows a link inside a page of a learning platform."""

from html import escape

import streamlit as st

from pages.state.widget_values import keep_values, set_first_values

TITLE = "Glassbox: a neural network you can see through"
LOWEST, HEIGHT, HIGHEST = 300, 600, 2_000

FORM: dict[str, object] = {"share iframe title": TITLE, "share iframe height": HEIGHT}
"""The form's first values, by widget key."""

CHOICE = "share iframe"
"""The key of the choice between the link and the iframe."""


def choose_iframe() -> bool:
    """The choice of an iframe instead of the link."""
    chosen = st.checkbox(
        "As a frame in a page of Moodle, Canvas or another platform",
        key=CHOICE,
        help="HTML that shows Glassbox inside another page, and works where third-party cookies are blocked.",
    )
    if not chosen:
        keep_values(FORM)
    return chosen


def show_iframe(link: str) -> None:
    """The form for title and height, and the HTML with its copy button."""
    set_first_values(FORM)
    left, right = st.columns([0.7, 0.3], gap="small")
    title = left.text_input("Title", key="share iframe title", help="What a screen reader calls the frame.")
    height = right.number_input("Height in pixels", LOWEST, HIGHEST, step=50, key="share iframe height")
    with st.container(key="link"):
        st.code(iframe(link, title.strip() or TITLE, height), language=None, wrap_lines=True, height=150)
    st.caption("Paste it where the editor of your platform takes HTML: in Moodle its source view, in Canvas *Embed*.")
    if link.startswith("http://"):
        st.warning("A platform with https shows frames with https only, and the address of this page has none.")


def iframe(link: str, title: str, height: int) -> str:
    """The iframe element, as wide as its page, allowed to copy links, and loaded when it comes into view.

    >>> iframe("https://a.example/?seed=1&embed=true", 'See "in"', 600)[:83]
    '<iframe src="https://a.example/?seed=1&amp;embed=true" title="See &quot;in&quot;" w'
    """
    return (
        f'<iframe src="{escape(link)}" title="{escape(title)}" width="100%" height="{height}" style="border: 0" '
        'allow="clipboard-write" loading="lazy"></iframe>'
    )
