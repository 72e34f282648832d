"""What widgets and components have put into the session."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import streamlit as st

Kind = TypeVar("Kind")


def widget_value(key: str, kind: type[Kind]) -> Kind | None:
    """The value of the widget with this key, or None where it has none of this kind."""
    value = st.session_state.get(key)
    return value if isinstance(value, kind) else None


def component_value(key: str, name: str, kind: type[Kind]) -> Kind | None:
    """What the component with this key last told under this name, or None where that is not of this kind."""
    value = st.session_state.get(key, {}).get(name)
    return value if isinstance(value, kind) else None


def set_first_values(values: Mapping[str, object]) -> None:
    """Have widgets that are about to be drawn begin with these values, by their keys, unless they have one already."""
    for key, value in values.items():
        st.session_state.setdefault(key, value)


def keep_values(keys: Iterable[str]) -> None:
    """Keep the values of widgets that are not drawn this time; Streamlit would forget them."""
    for key in keys:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def forget_values(keys: Iterable[str]) -> None:
    """Forget the values of widgets that are gone."""
    for key in keys:
        st.session_state.pop(key, None)
