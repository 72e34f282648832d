"""The ledger on the page: every step of one update, one after the other, with pictures that answer clicks."""

import time
from functools import partial

import streamlit as st

from engine import History
from engine.explanation.ledger import Update
from engine.model.weight_index import layer_name
from pages.charts.update.all_steps import Step, all_steps
from pages.charts.update.latex import first_formula
from pages.charts.update.layer_view import Focus
from pages.charts.update.matrices import equation_width
from pages.state.visit import Bench
from pages.widgets.playground.projector_view import back_and_next, highlight_buttons
from pages.widgets.step_by_step.epoch_pager import cursor_epoch
from pages.widgets.step_by_step.focus import set_focus
from pages.widgets.step_by_step.matrices import show_matrices

STEP_SECONDS = 3.5
"""Seconds from step to step in slow motion that goes by itself."""

MOST_LAYERS = 3
"""Networks of up to so many layers are drawn whole; of deeper ones, the chosen layer and those beside it."""

MOST_WIDTH_BESIDE = 730
"""Pictures up to so wide have their words beside them, wider ones below."""


def visible_steps(history: History, update: Update, focus: Focus) -> list[Step]:
    """The steps that are drawn."""
    found = all_steps(history.experiment, update, focus)
    if len(update.layers) <= MOST_LAYERS:
        return found
    return [step for step in found if abs(step.layer - focus.weight.layer) <= 1]


def show_update_steps(bench: Bench, update: Update, focus: Focus, found: list[Step]) -> None:
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
    numbered = list(enumerate(found, 1))[: bench.shown]
    for number, step in numbered if bench.shown is None else reversed(numbered):
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
                    partial(set_focus, bench, focus),
                )
            worked = f"{display_math(step.numbers)}\n\n```python\n{step.code}\n```"
            if sums is words:  # one piece of text is drawn sooner than two
                words.markdown(f"{display_math(step.formula)}\n\n{worked}")
            else:
                words.markdown(display_math(step.formula))
                sums.markdown(worked)


def show_step_bar(bench: Bench, history: History, focus: Focus, found: list[Step]) -> None:
    """One step as large as a projector needs, with the bar that leads from step to step and, at the end, on."""
    at, last = min(bench.shown or 1, len(found)), int(history.epochs[-1])
    epoch = cursor_epoch(bench, history)

    def turn(way: int) -> None:
        ahead = at + way
        if ahead > len(found):
            bench.move(min(epoch + 1, last))
        elif ahead < 1:
            bench.move(max(epoch - 1, 0))
        bench.shown = 1 if ahead > len(found) else ahead or len(found)

    with back_and_next(turn, first=at == 1 and epoch == 0, last=at == len(found) and epoch == last):
        if bench.slide is not None:
            highlight_buttons(bench, history, bench.slide)
        st.markdown(f"Step {at} of {len(found)}")


def show_projector_step(bench: Bench, focus: Focus, found: list[Step]) -> None:
    """The picture of the step, and its formula beside the same in numbers."""
    at = min(bench.shown or 1, len(found))
    step = found[at - 1]
    pick = partial(set_focus, bench, focus)
    show_matrices(f"picture {at} {step.title}", f"{at}. {step.title}", step.about, step.parts, pick, bench.slide)
    names, numbers = st.columns([0.46, 0.54], gap="small")
    names.markdown(display_math(first_formula(step.formula)))
    numbers.container(key="numbers").markdown(display_math(step.numbers))


def display_math(formula: str) -> str:
    """A formula on lines of its own, in Markdown."""
    return f"$$\n{formula}\n$$"


def show_slow_motion(bench: Bench, count: int) -> None:
    """Steps one after the other: on a click, or by themselves."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if bench.shown is None:
            st.button(
                "Slow motion",
                icon=":material/slow_motion_video:",
                on_click=lambda: set_steps_shown(bench, 1),
                help="One step after the other, so that somebody can talk.",
            )
            return
        more = bench.shown < count
        st.button(
            "Next step",
            type="primary",
            icon=":material/navigate_next:",
            disabled=not more,
            on_click=lambda: set_steps_shown(bench, (bench.shown or 0) + 1),
        )
        st.button("Back to the first", on_click=lambda: set_steps_shown(bench, 1))
        st.toggle("By itself", key="slow by itself", help=f"A new step every {STEP_SECONDS:g} seconds.")
        st.button("Show all steps", on_click=lambda: set_steps_shown(bench, None))
        st.caption(f"Step {min(bench.shown, count)} of {count}")
    if st.session_state["slow by itself"] and more:
        advance_by_itself(bench)


def set_steps_shown(bench: Bench, shown: int | None) -> None:
    """Show so many steps, None for all."""
    bench.shown = shown
    st.session_state["slow since"] = time.monotonic()


@st.fragment(run_every=STEP_SECONDS)
def advance_by_itself(bench: Bench) -> None:
    """After a while, the next step."""
    if time.monotonic() - st.session_state.setdefault("slow since", time.monotonic()) >= 0.9 * STEP_SECONDS:
        set_steps_shown(bench, (bench.shown or 0) + 1)
        st.rerun()
