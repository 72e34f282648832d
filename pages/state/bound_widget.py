"""A widget keeps its value in the browser; the bench keeps its own. Where the two part, the bench is right.

Streamlit can tell a widget in the browser another value, but whoever clicks at that moment interrupts the run, and the
message is lost; the widget then sends its old value back as if it had been typed. So a widget is never told: it gets a
new key, and begins with the bench's value as its default. What a widget with an old key still sends is not heard.

Keys are counted from the moment of the visit: a page that has outlived its server sends the values of the last visit,
which no widget of this one may take for its own.
"""

import time
from collections.abc import Callable
from typing import Any

import streamlit as st


def bind(name: str, value: object, take: Callable[[Any], object], options: object = None) -> dict[str, Any]:
    """Key and callback for a widget that shows `value`, which must be its default too; `take` gets what is chosen.

    The key is a new one where the widget has another value, or had other `options`: the browser counts those.
    """
    editions: dict[str, tuple[int, object]] = st.session_state.setdefault("editions", {})
    number, before = editions.get(name, (st.session_state.setdefault("arrival", time.time_ns()), options))
    if before != options or st.session_state.get(widget_key(name, number), value) != value:
        number += 1
    editions[name] = number, options
    key = widget_key(name, number)

    def take_change() -> None:
        if editions[name][0] == number:
            take(st.session_state[key])

    return {"key": key, "on_change": take_change}


def widget_key(name: str, edition: int) -> str:
    return f"{name} · {edition}"
