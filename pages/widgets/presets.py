"""Presets fill the bench; Reset goes back to the preset; New seed rolls the weights and leaves the rest alone."""

import secrets
from dataclasses import replace

import streamlit as st

from engine import PRESETS, STORIES
from pages.widgets.bench import Bench
from pages.widgets.handout import LOCKS, changed
from pages.widgets.seeded import seeded


def presets(bench: Bench) -> None:
    """The choice of tables, with its story, and the two buttons."""
    handout, parts = bench.handout, changed(bench.wanted, PRESETS[bench.preset]) or LOCKS
    kept = handout.reason(*parts)
    stuck = kept is not None and handout.fixed.issuperset(parts)
    choice, buttons = st.columns([5, 4], vertical_alignment="bottom", gap="small")
    choice.selectbox(
        "Table",
        list(PRESETS),
        list(PRESETS).index(bench.preset),
        format_func=lambda name: STORIES[name][0],
        disabled="table" in handout.fixed,
        help=handout.reason("table") or "Ready tables, each with a network that learns it, or visibly cannot.",
        **seeded("preset", bench.preset, lambda name: choose(bench, name)),
    )
    line = buttons.container(horizontal=True, gap="small", wrap=False)
    line.button(
        "Reset",
        width="stretch",
        on_click=lambda: choose(bench, bench.preset),
        disabled=stuck,
        help=f"{'' if stuck else 'Table and settings as the preset has them, the seed included. '}{kept or ''}",
    )
    line.button(
        "New seed",
        width="stretch",
        on_click=lambda: bench.reshape(seed=secrets.randbelow(10_000)),
        disabled="more" in handout.fixed,
        help=handout.reason("more")
        or f"Other start weights, everything else as it is. The seed now is {bench.wanted.seed}.",
    )
    fresh = replace(PRESETS[bench.preset], seed=bench.wanted.seed) == bench.wanted
    name, about = STORIES[bench.preset]
    story = about if fresh else f"Changed from “{name}”; Reset brings it back." if kept is None else f"From “{name}”."
    st.caption(f"{story} Seed {bench.wanted.seed}.")


def choose(bench: Bench, name: str) -> None:
    """Load a preset."""
    bench.preset = name
    bench.load(PRESETS[name])
