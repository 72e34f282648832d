"""The player: one time cursor for all charts of the stage. The one small piece of JavaScript is beside this file."""

from pathlib import Path

import streamlit as st

from engine import History
from engine.measures import marks
from pages.charts.figure import label
from pages.widgets.bench import Bench

HTML, CSS, JS = (
    Path(__file__).with_name(f"player.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")
)
KEY = "player"


def player(bench: Bench, history: History, token: str, charts: int) -> None:
    """Draw the player for the charts that carry `token`; it tells the epoch back on pause, step and scrub."""
    run = f"{hash((history.experiment, len(history.epochs), int(history.epochs[-1]))) & 0xFFFFFFFFFFFF:x}"
    mount = st.components.v2.component("glassbox_player", html=HTML, css=CSS, js=JS)
    mount(
        key=KEY,
        data={
            "token": token,
            "run": run,
            "charts": charts,
            "epochs": history.epochs.tolist(),
            "losses": [label(loss) for loss in history.loss.tolist()],
            "marks": [[mark.label, mark.epoch] for mark in marks(history)],
            "cursor": history.frame(bench.cursor),
            "plays": bench.plays,
            "moves": bench.moves,
            "scheme": st.context.theme.type or "light",
        },
        on_moved_change=lambda: moved(bench, run),
        on_scheme_change=lambda: None,
    )


def moved(bench: Bench, run: str) -> None:
    """Follow the player, unless it speaks of a run that is gone."""
    state = st.session_state.get(KEY, {}).get("moved")
    if bench.history is None or not state or state["run"] != run:
        return
    epoch = int(state["epoch"])
    bench.cursor = None if epoch >= bench.history.epochs[-1] else epoch
