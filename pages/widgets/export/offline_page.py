"""A keepsake is the stage as one file: it plays from disk, with its controls, with no network and no server."""

import json
from base64 import b64encode
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

import streamlit as st
from plotly.offline import get_plotlyjs

from engine import History
from pages.charts.history.alt_text import described
from pages.charts.history.run_figures import CHARTS, charts_of
from pages.charts.style.base import EpochAxis
from pages.charts.style.palette import palette
from pages.widgets.player.player import CSS, HTML, JS, score
from pages.widgets.playground.summary import what_happened

PAGE = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
TOKEN = "keepsake"
LETTERS = "static/static/media/SourceSansVF-Upright*.woff2"
"""The page's own letters, as Streamlit brings them: the charts have just the room that these take."""


def keepsake(history: History, row: int, log: bool, cursor: int | None, scheme: str | None) -> str:
    """The file: Plotly, the four charts, the player that the page has, and the sentence about the run."""
    colors = palette(scheme)
    axis = EpochAxis(int(history.epochs[-1]), log)
    figures = charts_of(history, CHARTS, row, axis, colors, TOKEN)
    data = score(history, [TOKEN] * len(CHARTS), cursor, {}) | {
        "plays": 0,
        "moves": 0,
        "opens": False,
        "scheme": scheme or "light",
    }
    return PAGE.substitute(
        text=colors.text,
        background=colors.background,
        grid=colors.grid,
        accent=colors.positive,
        letters=letters(),
        css=CSS,
        plotly=get_plotlyjs(),
        words=escape(what_happened(history)),
        player=HTML,
        places="".join(
            # a chart fits itself to its place: without a height of its own that would be nothing
            f'<div id="{name}" role="img" aria-label="{escape(alt)}" '
            f'style="height: {figures[name]["layout"]["height"]}px"></div>'
            for name, alt in described(history, CHARTS, row).items()
        ),
        js=JS.replace("export default function", "function begin"),
        figures=literal(figures),
        score=literal(data),
    )


@lru_cache(maxsize=1)
def letters() -> str:
    """The font file, in base64."""
    (font,) = Path(st.__file__).parent.glob(LETTERS)
    return b64encode(font.read_bytes()).decode()


def literal(value: object) -> str:
    """A value as JavaScript that can stand in a script element: nothing in it can end the script."""
    return json.dumps(value, allow_nan=False).replace("<", "\\u003c")
