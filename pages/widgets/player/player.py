"""The player: one time cursor for all charts of a run. Its JavaScript is player.js."""

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from engine import History
from engine.training.milestones import milestones_of
from pages.charts.canvas.javascript import without_comments
from pages.charts.style.base import Dict
from pages.charts.style.format import format_number
from pages.private_api.plotly import PLOTLY_JS
from pages.private_api.prebuilt_figure import pack_frames
from pages.state.visit import Visit
from pages.state.widget_values import component_value
from pages.widgets.player.packed_javascript import code_and_component

HTML, CSS, JS = (
    Path(__file__).with_name(f"player.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")
)
JS = without_comments(PLOTLY_JS + Path(__file__).with_name("player_input.js").read_text(encoding="utf-8") + JS)
CODE_JS, COMPONENT_JS = code_and_component(JS)
KEY = "player"


def show_player(
    visit: Visit,
    history: History,
    charts: Sequence[str],
    shown: tuple[int, float] | None = None,
    has_pictures: bool = False,
    redraw: Mapping[str, Dict] | None = None,
) -> None:
    """Draw the player for the charts that carry these tokens, and for the canvases where there are any (pictures.py).

    It tells the epoch back on pause, step and scrub. It goes from kept epoch to kept epoch. A page where nothing moves
    says which epoch is `shown`, kept or not, and its loss; there a step is one epoch. It plays at once, the first time,
    where the link asked for that; where the address says nothing, a newcomer sees the first hundred epochs.
    During a training `redraw` has the charts' figures as they are by now, by name.
    """
    training = content_token(history.experiment) if visit.run.is_requested else ""
    moves_something = bool(charts) or has_pictures
    cursor = visit.view.cursor if shown is None else shown[0]
    data: dict[str, Any] = player_data(history, charts, cursor, {} if shown is None else dict([shown])) | {
        "training": training,
        "redraw": redraw and {name: pack_frames(figure) for name, figure in redraw.items()},
        "moves_something": moves_something,
        "row": visit.view.row_of(history),
        "plays": visit.run.plays,
        "wall": visit.projector is not None,
        "moves": visit.view.moves,
        "opens": visit.plays_when_opened and moves_something and visit.run.is_shown and not training,
        "greets": visit.opened_without_a_word and has_pictures and visit.projector is None,
        "scheme": st.context.theme.type or "light",
    }
    st.components.v2.component("glassbox_player_code", js=CODE_JS)(key="player_code")
    mount = st.components.v2.component("glassbox_player", html=HTML, css=CSS, js=COMPONENT_JS)
    mount(
        key=KEY,
        data=data,
        on_moved_change=lambda: follow_player(visit, training or data["run"], has_charts=shown is None),
        on_scheme_change=lambda: None,
    )


def content_token(shown: Hashable) -> str:
    """A hash of what a chart shows, by which the player finds the chart on the page."""
    return f"{hash(shown) & 0xFFFFFFFFFFFF:x}"


def run_token(history: History) -> str:
    """The name by which the player and the pictures know a run."""
    return content_token((history.experiment, len(history.epochs), int(history.epochs[-1])))


def player_data(history: History, charts: Sequence[str], cursor: int | None, extra: dict[int, float]) -> dict[str, Any]:
    """The player's data: run and chart tokens, epochs, their losses as text, milestones, and the index to start at."""
    losses = dict(zip(history.epochs.tolist(), history.loss.tolist(), strict=True)) | extra
    epochs = sorted(losses)
    return {
        "run": run_token(history),
        "training": "",  # the token of an experiment in training, whose runs are one that grows
        "charts": list(charts),
        "redraw": None,
        "moves_something": bool(charts),
        "epochs": epochs,
        "losses": [format_number(losses[epoch]) for epoch in epochs],
        "marks": [[mark.label, mark.epoch] for mark in milestones_of(history)],
        "cursor": max(0, bisect_right(epochs, history.epochs[-1] if cursor is None else cursor) - 1),
    }


def follow_player(visit: Visit, run: str, *, has_charts: bool) -> None:
    """Move the cursor to the epoch that the player reported, unless that was for another run.

    At the end of a run that was played to it, no epoch is chosen; without charts even the last one is.
    """
    told, history, view = component_value(KEY, "moved", dict), visit.run.history, visit.view
    if history is None or not told or told["run"] != run:
        return
    visit.link.stop_playing()
    epoch = max(0, min(int(told["epoch"]), int(history.epochs[-1])))
    cursor = None if has_charts and epoch == history.epochs[-1] else epoch
    if told.get("typed"):  # the player's data may lack this epoch, so it has not moved: it moves with the next data
        view.move(cursor)
    else:
        view.follow(cursor)
