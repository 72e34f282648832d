"""The ledger on the page: every step of one update, one after the other, with pictures that answer clicks."""

import time
from functools import partial

import streamlit as st

from engine import History
from engine.explanation.ledger import Update
from pages.charts.history.series import layer_name
from pages.charts.update.all_steps import Step, steps
from pages.charts.update.latex import brief
from pages.charts.update.layer_view import Focus
from pages.charts.update.matrices import width
from pages.state.visit import Bench
from pages.widgets.playground.projector_view import back_and_on, spotlights
from pages.widgets.step_by_step.epoch_pager import epoch_of
from pages.widgets.step_by_step.focus import aim
from pages.widgets.step_by_step.matrices import matrices

PAUSE = 3.5
"""Seconds from step to step in slow motion that goes by itself."""

NEAR = 3
"""Networks of up to so many layers are drawn whole; of deeper ones, the chosen layer and those beside it."""

BESIDE = 730
"""Pictures up to so wide have their words beside them, wider ones below."""


def shown_steps(history: History, update: Update, focus: Focus) -> list[Step]:
    """The steps that are drawn."""
    found = steps(history.experiment, update, focus)
    if len(update.layers) <= NEAR:
        return found
    return [step for step in found if abs(step.layer - focus.layer) <= 1]


def ledger(bench: Bench, update: Update, focus: Focus, found: list[Step]) -> None:
    """Draw the steps; in slow motion as many as it has come to, the newest on top, where everybody looks."""
    if len(update.layers) > NEAR:
        name = layer_name(focus.layer, len(update.layers))
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
            if width(step.parts) > BESIDE:
                picture, (words, sums) = st.container(), st.columns(2, gap="medium")
            else:
                picture, words = st.columns([0.645, 0.355], gap="medium")
                sums = words
            with picture:
                matrices(
                    f"picture {number} {step.title}",
                    f"{number}. {step.title}",
                    step.about,
                    step.parts,
                    partial(aim, bench, focus),
                )
            worked = f"{display(step.numbers)}\n\n```python\n{step.code}\n```"
            if sums is words:  # one piece of text is drawn sooner than two
                words.markdown(f"{display(step.formula)}\n\n{worked}")
            else:
                words.markdown(display(step.formula))
                sums.markdown(worked)


def one_step(bench: Bench, history: History, focus: Focus, found: list[Step]) -> None:
    """One step as large as a projector needs, with the bar that leads from step to step and, at the end, on."""
    at, last = min(bench.shown or 1, len(found)), int(history.epochs[-1])
    epoch = epoch_of(bench, history)

    def turn(way: int) -> None:
        ahead = at + way
        if ahead > len(found):
            bench.move(min(epoch + 1, last))
        elif ahead < 1:
            bench.move(max(epoch - 1, 0))
        bench.shown = 1 if ahead > len(found) else ahead or len(found)

    with back_and_on(turn, first=at == 1 and epoch == 0, last=at == len(found) and epoch == last):
        if bench.slide is not None:
            spotlights(bench, history, bench.slide)
        st.markdown(f"Step {at} of {len(found)}")


def step_on_wall(bench: Bench, focus: Focus, found: list[Step]) -> None:
    """The picture of the step, and its formula beside the same in numbers."""
    at = min(bench.shown or 1, len(found))
    step = found[at - 1]
    pick = partial(aim, bench, focus)
    matrices(f"picture {at} {step.title}", f"{at}. {step.title}", step.about, step.parts, pick, bench.slide)
    names, numbers = st.columns([0.46, 0.54], gap="small")
    names.markdown(display(brief(step.formula)))
    numbers.container(key="numbers").markdown(display(step.numbers))


def display(formula: str) -> str:
    """A formula on lines of its own, in Markdown."""
    return f"$$\n{formula}\n$$"


def slow_motion(bench: Bench, count: int) -> None:
    """Steps one after the other: on a click, or by themselves."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if bench.shown is None:
            st.button(
                "Slow motion",
                icon=":material/slow_motion_video:",
                on_click=lambda: reveal(bench, 1),
                help="One step after the other, so that somebody can talk.",
            )
            return
        more = bench.shown < count
        st.button(
            "Next step",
            type="primary",
            icon=":material/navigate_next:",
            disabled=not more,
            on_click=lambda: reveal(bench, (bench.shown or 0) + 1),
        )
        st.button("Back to the first", on_click=lambda: reveal(bench, 1))
        st.toggle("By itself", key="slow by itself", help=f"A new step every {PAUSE:g} seconds.")
        st.button("Show all steps", on_click=lambda: reveal(bench, None))
        st.caption(f"Step {min(bench.shown, count)} of {count}")
    if st.session_state["slow by itself"] and more:
        tick(bench)


def reveal(bench: Bench, shown: int | None) -> None:
    """Show so many steps, None for all."""
    bench.shown = shown
    st.session_state["slow since"] = time.monotonic()


@st.fragment(run_every=PAUSE)
def tick(bench: Bench) -> None:
    """After a while, the next step."""
    if time.monotonic() - st.session_state.setdefault("slow since", time.monotonic()) >= 0.9 * PAUSE:
        reveal(bench, (bench.shown or 0) + 1)
        st.rerun()
