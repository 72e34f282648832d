"""The gallery: every activation with its curve, its slope, its formula, and a button to use it."""

from dataclasses import replace

import streamlit as st

from engine import ACTIVATIONS, ExperimentError
from engine.model.weight_index import layer_name
from pages.charts.activations.activation_curve import activation_card_figure
from pages.charts.style.palette import palette_for
from pages.charts.update.latex import stack_formulas
from pages.state.visit import Visit
from pages.widgets.frame.figure import show_figure

CARDS_IN_ROW = 4


def show_gallery(visit: Visit, layer: int) -> None:
    """One card for every entry in the registry; its button gives that activation to the layer."""
    now = visit.draft.settings["activations"]
    layer = min(layer, len(now) - 1)
    place = f"{layer_name(layer, len(now))} layer"
    st.markdown("## All of them")
    st.caption(f"Solid the function, dotted its slope. “Use it” puts one to work in the {place}.")
    names = list(ACTIVATIONS)
    for start in range(0, len(names), CARDS_IN_ROW):
        for name, column in zip(
            names[start : start + CARDS_IN_ROW], st.columns(CARDS_IN_ROW, gap="small"), strict=False
        ):
            with column.container(border=True, height="stretch"):
                show_card(visit, name, layer, place)


def show_card(visit: Visit, name: str, layer: int, place: str) -> None:
    """One activation's card, marked if the layer already has it."""
    activation, chosen = ACTIVATIONS[name], visit.draft.settings["activations"][layer] == name
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{activation.label}**", width="content")
        if chosen:
            st.badge(place, icon=":material/check:", color="primary")
    show_figure(
        f"card {name}",
        activation_card_figure(name, palette_for(st.context.theme.type)),
        f"The curve of {activation.label} and its slope, for z from -4 to 4",
    )
    st.latex(stack_formulas(f"f(z) = {activation.formula}", f"f'(z) = {activation.slope_formula}"))
    st.markdown(
        activation.about + " The picture is of two outputs, the other at z = 0." * (not activation.is_elementwise)
    )
    reason = None if chosen else visit.link.restrictions.refusal("controls") or refusal(visit, name, layer)
    st.button(
        "In use" if chosen else "Use it",
        key=f"use {name}",
        disabled=chosen or reason is not None,
        help=reason,
        on_click=use_activation,
        args=(visit, name, layer, place),
    )


def use_activation(visit: Visit, name: str, layer: int, place: str) -> None:
    """Give the layer this activation, and train again."""
    visit.draft.set_activation(layer, name)
    st.toast(f"The {place} now has {ACTIVATIONS[name].label}.", icon=":material/check:")


def refusal(visit: Visit, name: str, layer: int) -> str | None:
    """Why the layer cannot have this activation, as `Experiment` says it; None if it can. One row is enough to tell."""
    e, settings = visit.run.wanted, visit.draft.settings
    row = e.train_rows[0]
    activations = (*settings["activations"][:layer], name, *settings["activations"][layer + 1 :])
    try:
        replace(
            e,
            inputs=e.inputs[row : row + 1],
            targets=e.targets[row : row + 1],
            test_rows=(),
            earlier_tables=(),
            hidden=settings["hidden"],
            activations=activations,
            loss=settings["loss"],
            initial_weights=(),
            initial_biases=(),
            frozen=(),
        )
    except ExperimentError as error:
        return str(error) if error.field in ("activations", "loss") else None
    return None
