"""The offline page: the stage of a run and the player as one HTML file, which needs neither network nor server."""

import base64
import json
from html import escape
from pathlib import Path
from string import Template

from plotly.offline import get_plotlyjs

from engine import History
from pages.charts.canvas import javascript
from pages.charts.canvas.scene import scene_bytes
from pages.charts.history.alt_text import alt_texts, run_summary
from pages.charts.history.run_figures import run_figures
from pages.charts.style.base import EpochAxis
from pages.charts.style.palette import palette_for
from pages.private_api.page_font import font_face
from pages.private_api.prebuilt_figure import pack_frames
from pages.widgets.player.player import CSS, HTML, JS, player_data

PAGE = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
TOKEN = "keepsake"
PLOTS = ("loss", "outputs", "weights")
"""The charts below the network and its answer, which are on canvases."""


def offline_page(history: History, row: int, log: bool, cursor: int | None, scheme: str | None) -> str:
    """The HTML: Plotly, the pictures and charts, the same player as on the page, and a summary of the run."""
    colors = palette_for(scheme)
    axis = EpochAxis(int(history.epochs[-1]), log)
    figures = run_figures(history, PLOTS, row, axis, colors, TOKEN)
    data = player_data(history, [TOKEN] * len(PLOTS), cursor, {}) | {
        "row": row,
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
        font_face=font_face(),
        css=CSS,
        plotly=get_plotlyjs(),
        words=escape(run_summary(history)),
        player=HTML,
        pictures=javascript.HTML,
        pictures_css=javascript.CSS,
        pictures_js=javascript.pictures_module(),
        run=base64.b64encode(scene_bytes(history, data["run"])).decode(),
        places="".join(
            # Plotly fits a chart to its container, which would otherwise have height 0
            f'<div id="{name}" role="img" aria-label="{escape(alt)}" '
            f'style="height: {figures[name]["layout"]["height"]}px"></div>'
            for name, alt in alt_texts(history, PLOTS, row).items()
        ),
        js=JS.replace("export default function", "function begin"),
        figures=javascript_literal({name: pack_frames(figure) for name, figure in figures.items()}),
        score=javascript_literal(data),
    )


def javascript_literal(value: object) -> str:
    """A value as JavaScript for a script element: without "<" it cannot contain the end tag."""
    return json.dumps(value, allow_nan=False).replace("<", "\\u003c")
