"""The choices of the page Surface: which weights, and which picture."""

import streamlit as st

from engine import History
from engine.model.weight_index import WeightIndex
from pages.state.bound_widget import bind
from pages.state.comparison.surface_choice import SurfaceChoice

KINDS = {"two": "Two weights", "one": "One weight", "main": "Main directions"}
PICTURES = {"lines": "Contour lines", "space": "In space"}

MOST_LISTED = 300
"""Of so many weights any can be chosen; of more, the first ones."""


def show_choices(choice: SurfaceChoice, history: History) -> None:
    """A line of controls."""
    e = history.experiment
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kinds = choice.kinds(e)
        st.segmented_control(
            "The loss over",
            kinds,
            default=choice.kind,
            required=True,
            format_func=KINDS.__getitem__,
            help="Main directions: mixtures of all weights, along which they moved most.",
            **bind("surface kind", choice.kind, choice.choose_kind, kinds),
        )
        if choice.kind != "main":
            choose_weight(choice, history, 0)
        if choice.kind == "two":
            choose_weight(choice, history, 1)
        if choice.kind != "one":
            st.segmented_control(
                "Picture",
                list(PICTURES),
                default=choice.picture,
                required=True,
                format_func=PICTURES.__getitem__,
                **bind("surface picture", choice.picture, choice.choose_picture),
            )


def choose_weight(choice: SurfaceChoice, history: History, axis: int) -> None:
    """The weight across (0) or up (1)."""
    e = history.experiment
    now = (choice.first, choice.second)[axis]
    weights = list(dict.fromkeys([*list(WeightIndex.all_of(e))[:MOST_LISTED], now]))
    label = "Weight" if choice.kind == "one" else ("Weight, left to right", "Weight, bottom to top")[axis]

    def take(weight: WeightIndex) -> None:
        choice.choose_weights(*((weight, choice.second) if axis == 0 else (choice.first, weight)))

    st.selectbox(
        label,
        weights,
        weights.index(now),
        format_func=lambda weight: weight.name(e),
        width=200,
        **bind(f"surface weight {axis}", now, take, tuple(weight.name(e) for weight in weights)),
    )
