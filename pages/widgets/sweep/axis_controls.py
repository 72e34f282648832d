"""The controls of an axis: the setting on it, and the values that are tried."""

import streamlit as st

from pages.reading.swept_settings import COUNTS, SWEPT
from pages.state.bound_widget import bind
from pages.state.comparison.sweep_choice import AxisChoice
from pages.state.visit import Visit
from pages.widgets.settings.number_boxes import show_number_box
from pages.widgets.settings.select_boxes import select_options


def show_axis(visit: Visit, axis: AxisChoice, name: str, label: str) -> None:
    """A line of controls; `name` tells the two axes apart."""
    suited = [key for key, swept in SWEPT.items() if swept.suits(visit.run.wanted)]
    options = dict.fromkeys((*([""] if name == "up" else []), *suited, axis.setting))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox(
            label,
            width=260,
            format_func=lambda key: SWEPT[key].label if key else "none",
            **select_options(f"{name} setting", axis.setting, options, lambda key: axis.choose(key, visit.run.wanted)),
        )
        if axis.setting and SWEPT[axis.setting].options:
            choose_names(axis, name)
        elif axis.setting:
            choose_range(visit, axis, name)


def choose_names(axis: AxisChoice, name: str) -> None:
    """The options that are tried."""
    options = SWEPT[axis.setting].options or {}
    st.multiselect(
        "To try",
        list(options),
        list(axis.names),
        format_func=options.__getitem__,
        width="stretch",
        **bind(f"{name} names", list(axis.names), lambda names: axis.choose_names(tuple(names)), axis.setting),
    )


def choose_range(visit: Visit, axis: AxisChoice, name: str) -> None:
    """From, to, and how many numbers between."""
    swept = SWEPT[axis.setting]
    about = (
        "Where both are above 0, each value is the one before it times the same factor; otherwise plus the same step."
    )
    for end, label in (("low", "From"), ("high", "To")):
        place = st.container(width=130)
        value = axis.low if end == "low" else axis.high
        take = (lambda cell: axis.set_range(low=cell)) if end == "low" else (lambda cell: axis.set_range(high=cell))
        show_number_box(place, visit, f"{name} {end}", label, about, value, take, is_whole=swept.is_whole)
    st.selectbox(
        "How many",
        width=110,
        **select_options(
            f"{name} count", str(axis.count), map(str, COUNTS), lambda text: axis.set_range(count=int(text))
        ),
    )
