"""A fan of seeds: how many learned, is it luck, the losses of all, and the luckiest and the unluckiest to open."""

import numpy as np
import streamlit as st

from engine import Experiment, History, Runs
from engine.comparison.run_statistics import is_lower, luckiest, unluckiest
from pages.charts.comparison.loss_fan import last_loss_histogram, loss_fan
from pages.charts.comparison.words import fan_words, luck_words
from pages.charts.style.base import HEIGHT, EpochAxis
from pages.charts.style.format import format_number
from pages.charts.style.sizes import DESK
from pages.state.comparison.sweep_results import SweepResult
from pages.state.restrictions import differing_parts
from pages.state.visit import Visit
from pages.widgets.frame.colors import page_colors
from pages.widgets.frame.figure import show_figure


def show_fan(visit: Visit, fan: SweepResult, this: History | None) -> None:
    """Draw a fan, as far as it is trained; `this` is the run on the page, if it belongs to it."""
    runs = fan.runs
    if runs is None or not (runs.frames > 0).any():
        st.caption(f"Training from {len(fan.seeds):,} seeds …")
        return
    st.markdown(luck_words(runs, this))
    colors = page_colors(visit)
    axis = EpochAxis(int(runs.epochs[-1]), visit.view.has_log_axis)
    height = round(HEIGHT * colors.sizes.text / DESK.text)
    figures = {
        "fan": loss_fan(runs, this, axis, colors, height),
        "histogram": last_loss_histogram(runs, this, colors, height),
    }
    words = fan_words(runs)
    with st.container(key="pairs of fans"):
        for name, figure in figures.items():
            show_figure(f"seeds {name}", figure, words[name])
    own = "" if this is None else "The bold line is the run on the page. "
    st.caption(
        f"{own}Half of all starts are in the inner band, 90% in the outer one; the dotted line is the middle one."
    )
    show_runs_to_open(visit, runs)


def show_runs_to_open(visit: Visit, runs: Runs) -> None:
    """Buttons that open the luckiest and the unluckiest run on the Playground, and any other by its seed."""
    best, worst = luckiest(runs), unluckiest(runs)
    ends = {"": best}  # no name where all are alike
    if best is not None and worst is not None and is_lower(runs.final_loss[best], runs.final_loss[worst]):
        ends = {"luckiest": best, "unluckiest": worst}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for name, network in ends.items():
            if network is not None:
                label = f"Open {f'the {name}: ' if name else ''}{run_words(runs, network)}"
                open_button(visit, runs.experiments[network], label, name)
        order = np.argsort(runs.final_loss, kind="stable").tolist()
        if len(order) > 2:
            network = st.selectbox(
                "Or another, by its loss",
                order,
                None,
                key="seed to open",
                width=260,
                placeholder="seed",
                format_func=lambda index: run_words(runs, index),
            )
            if network is not None:
                open_button(visit, runs.experiments[network], "Open it", "chosen")


def run_words(runs: Runs, network: int) -> str:
    """A run as it stands on its button: "seed 7, loss 0.00241"."""
    return f"seed {runs.experiments[network].seed}, loss {format_number(float(runs.final_loss[network]))}"


def open_button(visit: Visit, experiment: Experiment, label: str, name: str) -> None:
    """A button that takes a run to the Playground, where it is trained again to the same numbers."""
    locked = visit.link.restrictions.refusal(*differing_parts(visit.run.wanted, experiment))
    words = locked or "Takes it to the Playground, in place of what is there now. Undo there brings that back."
    if st.button(
        label, key=f"leave with {name}", icon=":material/experiment:", disabled=locked is not None, help=words
    ):
        visit.load(experiment, note=f"One of many starts: seed {experiment.seed}, as Sweep trained it.")
        visit.run.request()
        st.switch_page("pages/views/playground.py")
