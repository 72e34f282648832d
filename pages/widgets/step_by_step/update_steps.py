"""The steps of one update, one after the other, with pictures that answer clicks."""

from functools import partial

import streamlit as st

from engine import History
from engine.explanation.ledger import Update
from engine.model.weight_index import layer_name
from pages.charts.update.all_steps import Step, all_steps
from pages.charts.update.layer_view import Focus
from pages.charts.update.matrices import equation_width
from pages.state.view import View
from pages.widgets.step_by_step.focus import set_focus
from pages.widgets.step_by_step.matrices import show_matrices

MOST_LAYERS = 3
"""Networks of up to so many layers are drawn whole; of deeper ones, the chosen layer and those beside it."""

MOST_WIDTH_BESIDE = 730
"""Pictures up to so wide have their words beside them, wider ones below."""


def visible_steps(history: History, update: Update, focus: Focus) -> list[Step]:
    """The steps that are drawn."""
    steps = all_steps(history.experiment, update, focus)
    if len(update.layers) <= MOST_LAYERS:
        return steps
    return [step for step in steps if abs(step.layer - focus.weight.layer) <= 1]


def show_update_steps(view: View, update: Update, focus: Focus, steps: list[Step]) -> None:
    """Draw the steps; in slow motion as many as it has come to, the newest on top, where everybody looks."""
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
    for number, step in numbered if view.steps_shown is None else reversed(numbered):
        with st.container(border=True):
            if equation_width(step.parts) > MOST_WIDTH_BESIDE:
                picture, (words, sums) = st.container(), st.columns(2, gap="medium")
            else:
                picture, words = st.columns([0.645, 0.355], gap="medium")
                sums = words
            with picture:
                show_matrices(
                    f"picture {number} {step.title}",
                    f"{number}. {step.title}",
                    step.about,
                    step.parts,
                    partial(set_focus, view, focus),
                )
            worked = f"{display_math(step.numbers)}\n\n```python\n{step.code}\n```"
            if sums is words:  # one piece of text is drawn sooner than two
                words.markdown(f"{display_math(step.formula)}\n\n{worked}")
            else:
                words.markdown(display_math(step.formula))
                sums.markdown(worked)


def display_math(formula: str) -> str:
    """A formula on lines of its own, in Markdown."""
    return f"$$\n{formula}\n$$"
