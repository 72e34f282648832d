"""Presets fill the bench; Reset goes back to the preset; New seed rolls the weights and leaves the rest alone."""

import secrets
from dataclasses import replace

import streamlit as st

from engine import PRESETS, STORIES
from pages.widgets.bench import Bench
from pages.widgets.seeded import seeded


def presets(bench: Bench) -> None:
    """The choice of tables, with its story, and the two buttons."""
    choice, buttons = st.columns([5, 4], vertical_alignment="bottom", gap="small")
    choice.selectbox(
        "Table",
        list(PRESETS),
        list(PRESETS).index(bench.preset),
        format_func=lambda name: STORIES[name][0],
        help="Ready tables, each with a network that learns it, or visibly cannot.",
        **seeded("preset", bench.preset, lambda name: choose(bench, name)),
    )
    line = buttons.container(horizontal=True, gap="small", wrap=False)
    line.button(
        "Reset",
        width="stretch",
        on_click=lambda: choose(bench, bench.preset),
        help="Table and settings as the preset has them, the seed included.",
    )
    line.button(
        "New seed",
        width="stretch",
        on_click=lambda: bench.reshape(seed=secrets.randbelow(10_000)),
        help=f"Other start weights, everything else as it is. The seed now is {bench.wanted.seed}.",
    )
    fresh = replace(PRESETS[bench.preset], seed=bench.wanted.seed) == bench.wanted
    story = STORIES[bench.preset][1] if fresh else f"Changed from “{STORIES[bench.preset][0]}”; Reset brings it back."
    st.caption(f"{story} Seed {bench.wanted.seed}.")


def choose(bench: Bench, name: str) -> None:
    """Load a preset."""
    bench.preset = name
    bench.load(PRESETS[name])
