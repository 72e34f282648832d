"""Values of widgets and components in the session state."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import streamlit as st

Kind = TypeVar("Kind")


def widget_value(key: str, kind: type[Kind]) -> Kind | None:
    """The value of the widget with this key; None if there is none of this type."""
    value = st.session_state.get(key)
    return value if isinstance(value, kind) else None


def component_value(key: str, name: str, kind: type[Kind]) -> Kind | None:
    """The last value that a component sent under this name; None if it is not of this type."""
    value = st.session_state.get(key, {}).get(name)
    return value if isinstance(value, kind) else None


def set_first_values(values: Mapping[str, object]) -> None:
    """Set first values of widgets not yet drawn, by key; values that are already there stay."""
    for key, value in values.items():
        st.session_state.setdefault(key, value)


def keep_values(keys: Iterable[str]) -> None:
    """Keep the values of widgets that this run does not draw; Streamlit would delete them."""
    for key in keys:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def forget_values(keys: Iterable[str]) -> None:
    """Delete the values of widgets that are gone."""
    for key in keys:
        st.session_state.pop(key, None)


def selected_points(key: str) -> list[int]:
    """The indices of the points that were clicked on in the chart with this key."""
    chart = st.session_state.get(key)
    match chart:
        case {"selection": {"point_indices": list(points)}}:
            return [point for point in points if isinstance(point, int)]
    return []
