"""Presets fill the bench; Reset goes back to the preset; New seed rolls the weights and leaves the rest alone."""

import secrets
from dataclasses import replace

import streamlit as st

from engine import PRESETS, Experiment
from engine.data.presets import STORIES
from pages.state.bound_widget import bind
from pages.state.restrictions import LOCKABLE_PARTS, differing_parts
from pages.state.visit import Bench

OWN_TABLE = "Your table"
"""What a table is called that is none of the ready ones."""


def show_presets(bench: Bench) -> None:
    """The choice of tables, with its story, and the two buttons."""
    handout, ready = bench.handout, PRESETS.get(bench.preset)
    parts = (differing_parts(bench.wanted, ready) if ready else ()) or LOCKABLE_PARTS
    kept = handout.refusal(*parts)
    stuck = kept is not None and handout.fixed.issuperset(parts)
    line = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    line.selectbox(
        "Table",
        names := [*PRESETS] if ready else ["", *PRESETS],
        names.index(bench.preset),
        format_func=lambda name: STORIES[name][0] if name else OWN_TABLE,
        disabled="table" in handout.fixed,
        help=handout.refusal("table") or "Ready tables, each with a network that learns it, or visibly cannot.",
        **bind("preset", bench.preset, lambda name: load_preset(bench, name), names),
    )
    line.button(
        "Reset",
        on_click=lambda: load_preset(bench, bench.preset),
        disabled=stuck or ready is None,
        help="This table is none of the ready ones: there is nothing to go back to."
        if ready is None
        else f"{'' if stuck else 'Table and settings as the preset has them, the seed included. '}{kept or ''}",
    )
    line.button(
        "New seed",
        on_click=lambda: bench.reshape(seed=secrets.randbelow(10_000)),
        disabled="more" in handout.fixed,
        help=handout.refusal("more")
        or f"Other start weights, everything else as it is. The seed now is {bench.wanted.seed}.",
    )
    st.caption(f"{story(bench, kept is None)} Seed {bench.wanted.seed}.")


def story(bench: Bench, resets: bool) -> str:
    """Where the experiment comes from; Reset is named where it `resets`."""
    if not bench.preset:
        return f"{OWN_TABLE}, none of the ready ones."
    name, about = STORIES[bench.preset]
    if replace(PRESETS[bench.preset], seed=bench.wanted.seed) == bench.wanted:
        return about
    return f"Changed from “{name}”; Reset brings it back." if resets else f"From “{name}”."


def load_preset(bench: Bench, name: str) -> None:
    """Load a preset."""
    if name:
        bench.preset = name
        bench.load(PRESETS[name])


def preset_of(experiment: Experiment) -> str:
    """The preset that an experiment is, or came from: one with the same table; "" where there is none."""
    table = (experiment.inputs, experiment.targets)
    same = [name for name, preset in PRESETS.items() if preset == experiment]
    like = [name for name, preset in PRESETS.items() if (preset.inputs, preset.targets) == table]
    return next(iter((*same, *like, "")))
