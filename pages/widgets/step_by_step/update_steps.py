"""The steps of one update in order, with matrices whose numbers can be clicked."""

from functools import partial

import streamlit as st

from engine import History
from engine.explanation.ledger import Update
from engine.model.weight_index import layer_name
from pages.charts.update.all_steps import Step, all_steps
from pages.charts.update.latex import MOST_TERMS
from pages.charts.update.layer_view import Focus
from pages.state.view import View
from pages.widgets.step_by_step.focus import set_focus
from pages.widgets.step_by_step.matrices import show_matrices

MOST_LAYERS = 3
"""Networks with at most this many layers are drawn whole; of deeper ones, the chosen layer and those next to it."""


def visible_steps(history: History, update: Update, focus: Focus, most_terms: int = MOST_TERMS) -> list[Step]:
    """The steps to draw."""
    steps = all_steps(history.experiment, update, focus, most_terms)
    if len(update.layers) <= MOST_LAYERS:
        return steps
    return [step for step in steps if abs(step.layer - focus.weight.layer) <= 1]


def show_update_steps(view: View, update: Update, focus: Focus, steps: list[Step]) -> None:
    """Draw the steps; in slow motion those shown so far, the newest on top, where it is seen."""
    if len(update.layers) > MOST_LAYERS:
        name = layer_name(focus.weight.layer, len(update.layers))
        st.caption(
            f"Of {len(update.layers)} layers, the {name} layer and those beside it are drawn. Choose another above."
        )
    st.caption(
        "Blue plus, orange minus. Thick frame: the chosen row and weight; thin: what else the formula takes. Click any "
        "number to follow it. A formula has more digits than the matrices where it would not come out without them."
    )
    numbered = list(enumerate(steps, 1))[: view.steps_shown]
    with st.container(key="update-steps"):
        for number, step in numbered if view.steps_shown is None else reversed(numbered):
            with st.container(border=True, horizontal=True, gap="medium"):
                show_matrices(
                    f"picture {number} {step.title}",
                    f"{number}. {step.title}",
                    step.about,
                    step.parts,
                    partial(set_focus, view, focus),
                )
                # one text element is drawn faster than two; it stands below where it does not fit beside the matrices
                formulas = f"{display_math(step.formula)}\n\n{display_math(step.numbers)}"
                st.markdown(f"{formulas}\n\n```python\n{step.code}\n```")


def display_math(formula: str) -> str:
    """A formula as display math in Markdown."""
    return f"$$\n{formula}\n$$"
