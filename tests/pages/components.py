"""The components on a page in AppTest, the player and the canvases among them: what they were sent, what they send."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def send(at: AppTest, widget: str, text: str | bool, kind: str = "string_value") -> AppTest:
    """Run the page as the browser would, with the state of one widget, by its id, as it is sent."""
    states = at._tree.get_widget_states()
    others = [state for state in states.widgets if state.id != widget]
    del states.widgets[:]
    states.widgets.extend(others)
    states.widgets.add(**{"id": widget, kind: text})
    return at._run(states)


def trigger(at: AppTest, component: str, event: str, value: object) -> AppTest:
    """Run the page as a component, by its id, would when it triggers an event."""
    happened = json.dumps([{"event": event, "value": value}])
    return send(at, f"$$STREAMLIT_INTERNAL_KEY_{component}__events", happened, "json_trigger_value")


def player(at: AppTest) -> tuple[str, dict[str, Any]]:
    """The player on the page: its id, and its data."""
    (found,) = (mount.proto for mount in at.get("bidi_component") if mount.proto.id.endswith("-player"))
    return found.id, json.loads(found.json)


def components(at: AppTest) -> dict[str, Any]:
    """The messages of the components on the page, by their keys."""
    return {mount.proto.id.rpartition("-")[2]: mount.proto for mount in at.get("bidi_component")}


def scene(at: AppTest) -> dict[str, Any]:
    """What was sent to the canvases beside numbers: the header of the bytes of the run."""
    data = components(at)["courier_run"].bytes
    header: dict[str, Any] = json.loads(data[8 : 8 + int.from_bytes(data[:4], "little")])
    return header


def click_row(at: AppTest, row: int) -> AppTest:
    """Click a row's mark on a canvas, counted from 0."""
    told = {"row": {"run": scene(at)["run"], "row": row, "at": 1}}
    return send(at, components(at)["pictures"].id, json.dumps(told), "json_value")


def report(at: AppTest, epoch: int) -> AppTest:
    """Have the player report an epoch."""
    widget, told = player(at)
    return send(at, widget, json.dumps({"moved": {"run": told["run"], "epoch": epoch, "at": 1}}), "json_value")
