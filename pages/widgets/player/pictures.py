"""The network and its answer on canvases, under the player. They are drawn in the browser, from the weights of the run.

Three components, as each is one message to the browser: the pictures with their JavaScript, which is the same for every
run and so sent once, and two couriers without anything to see, which bring the bytes of the run and how it looks.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from engine import History
from pages.charts.canvas import javascript
from pages.charts.canvas.scene import scene_bytes
from pages.charts.style.sizes import DESK
from pages.state.view import View
from pages.state.visit import Visit
from pages.state.widget_values import component_value
from pages.widgets.player.drawing_facts import drawing_facts
from pages.widgets.player.packed_javascript import packed_component
from pages.widgets.player.player import run_token

JS, COURIER_JS = (
    javascript.without_comments(Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8"))
    for name in ("pictures", "courier")
)
KEY = "pictures"
DESK_LOOKS = {"sizes": asdict(DESK)}
"""How the pictures look on a desk: `present` in stage.js has what else can be said of it."""


GRADIENT_WORDS = (
    "Its colour is its gradient at that epoch, over all rows trained on, penalties included: blue where the loss rises "
    "with the weight, orange where it falls, the stronger the steeper, grey where it hardly changes. Training goes the "
    "other way."
)


@dataclass(frozen=True, slots=True)
class Editor:
    """What can be changed on the drawing of the network."""

    data: Mapping[str, Any]  # what it shows
    read: Callable[[str], dict[str, Any]]  # what a typed number is read as


def show_pictures(
    visit: Visit,
    history: History,
    keep: bool = True,
    editor: Editor | None = None,
    table: Mapping[str, Any] | None = None,
) -> None:
    """Draw the pictures, and say where they come from; of a run that is in training what is sent is not kept.

    `table` says where the outputs stand that follow the player (grid_outputs.js).
    """
    has_gradients = visit.view.has_gradients
    looks = DESK_LOOKS | {"drawing": drawing_facts(visit, history), "gradients": has_gradients, "table": table}
    mount_pictures(visit.view, history, looks, editor)
    send_run(history, keep, has_gradients)
    st.caption(
        "Computed in your browser from NumPy's weights, and tested to agree with NumPy to 12 digits. A line is as wide "
        "as its weight; the bright part in it is what it carries for the chosen row."
        + f" {GRADIENT_WORDS}" * has_gradients
        + " What has a lock is frozen: no update changes it." * bool(history.experiment.frozen)
    )


def editor_data(editor: Editor | None) -> dict[str, Any]:
    """What the drawing is told of the editor, and of the number that was typed in it last; nothing without one."""
    typed = component_value(KEY, "typed", dict) or {}
    text, at = typed.get("text"), typed.get("at")
    reading = editor.read(text) | {"at": at} if editor and isinstance(text, str) and isinstance(at, int) else None
    return {} if editor is None else {"editor": dict(editor.data) | {"reading": reading}}


def mount_pictures(view: View, history: History, looks: Mapping[str, Any], editor: Editor | None = None) -> None:
    """The pictures, empty until a run is sent; a row that is clicked in them is the chosen one everywhere."""
    run = run_token(history)
    pictures = st.components.v2.component(
        "glassbox_pictures", html=javascript.HTML, css=javascript.CSS, js=component_javascript()
    )
    send("looks", dict(looks) | editor_data(editor))
    pictures(
        key=KEY,
        on_row_change=lambda: follow_pictures(view, history, run),
        on_typed_change=lambda: None,
        on_gradients_change=lambda: take_gradients(view),
    )


def send_run(history: History, keep: bool, has_gradients: bool = False) -> None:
    """Send a run to the pictures; of one that is in training, which has more a second later, the bytes are not kept."""
    run = run_token(history)
    send("run", cached_bytes(run, has_gradients, history) if keep else scene_bytes(history, run, has_gradients))


def send(message: str, data: bytes | Mapping[str, Any]) -> None:
    """The courier with a message to the pictures, by its name."""
    courier = st.components.v2.component(f"glassbox_{message}", js=COURIER_JS.replace("MESSAGE", message))
    courier(key=f"courier_{message}", data=data)


@lru_cache(maxsize=1)
def component_javascript() -> str:
    """The component, in one module with the pictures."""
    return packed_component(javascript.pictures_module() + JS)


@st.cache_resource(max_entries=64, show_spinner=False)
def cached_bytes(run: str, has_gradients: bool, _history: History) -> bytes:
    """What is sent of a run, by its token."""
    return scene_bytes(_history, run, has_gradients)


def follow_pictures(view: View, history: History, run: str) -> None:
    """Look at the row that was clicked, unless that was in another run."""
    told = component_value(KEY, "row", dict)
    if told and told["run"] == run and 0 <= int(told["row"]) < len(history.experiment.inputs):
        view.choose_row(int(told["row"]))


def take_gradients(view: View) -> None:
    """Colour the lines by gradient, or no longer, as the box beside the map says."""
    told = component_value(KEY, "gradients", dict)
    if told:
        view.color_by_gradient(told.get("on") is True)
