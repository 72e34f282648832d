"""A widget bound to the visit: the browser holds the widget's value, the visit its own, and the visit's wins.

Streamlit can send a widget a new value, but a click at that moment interrupts the run and the message is lost; the
widget then sends its old value back as if it had been typed. So a widget whose value changed elsewhere gets a new key
and starts with the visit's value as its default. What still arrives under an old key is ignored.

Keys carry the time at which the visit began: a page that outlived its server sends the values of the previous visit,
and no widget of this one may accept them.
"""

import time
from collections.abc import Callable
from typing import Any

import streamlit as st


def bind(name: str, value: object, take: Callable[[Any], object], options: object = None) -> dict[str, Any]:
    """Key and callback of a widget that shows `value`, also its default; `take` is called with what is chosen.

    The key changes when the widget's value differs, or its `options` do: the browser sends the index of an option.
    """
    editions: dict[str, tuple[int, object]] = st.session_state.setdefault("editions", {})
    number, last_options = editions.get(name, (st.session_state.setdefault("arrival", time.time_ns()), options))
    if last_options != options or st.session_state.get(widget_key(name, number), value) != value:
        number += 1
    editions[name] = number, options
    key = widget_key(name, number)

    def take_change() -> None:
        if editions[name][0] == number:
            take(st.session_state[key])

    return {"key": key, "on_change": take_change}


def widget_key(name: str, edition: int) -> str:
    return f"{name} · {edition}"
