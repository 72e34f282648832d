"""The list of keys, which "?" opens on every page."""

from functools import partial

import streamlit as st

from pages.state.visit import Visit

KEYS_TITLE = "Keys"
"""What key_list.js knows the list by."""

PAGE_KEYS = {
    "Space": "play or pause",
    "← →": "one step back or on; Home and End",
    "E": "type an epoch, then Enter",
    "T": "Train",
    "Ctrl+Z": "undo; Ctrl+Shift+Z: redo",
    "P": "come to projector mode, or leave it",
    "?": "this list",
}
PROJECTOR_KEYS = {
    "N B": "on and back: from step to step, from part to part of a lesson; a question is answered first",
    "R": "cover the outputs to be predicted; show them",
    "S": "light on the next row, after the last on all",
    "W": "light on the next weight, after the last on all",
    "V": "what is beside the network: outputs, weights, loss, the answer",
}
"""The keys of every page, and those that only projector mode has."""


def show_key_list(visit: Visit) -> None:
    """The list, if it is asked for; key_list.js opens it, and closes it at the next key."""
    if visit.keys_shown:
        st.dialog(KEYS_TITLE, on_dismiss=partial(visit.show_keys, False))(list_keys)()


def list_keys() -> None:
    """Every key and what it does."""
    st.markdown(key_lines(PAGE_KEYS))
    st.markdown(f"In projector mode also:\n\n{key_lines(PROJECTOR_KEYS)}")


def key_lines(keys: dict[str, str]) -> str:
    """A line a key, as Markdown.

    >>> key_lines({"P": "play", "?": "this list"})
    '- **P** play\\n- **?** this list'
    """
    return "\n".join(f"- **{key}** {does}" for key, does in keys.items())
