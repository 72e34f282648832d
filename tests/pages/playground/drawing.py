"""What the drawing of the network sends, and what it is told."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.serialization import to_url
from tests.pages.components import components, scene, send
from tests.pages.operations import tell_operations
from tests.pages.visit import visit

SMALL = replace(PRESETS["xor"], epochs=60)


def open_xor(experiment: Experiment = SMALL, **link: str) -> AppTest:
    return visit(to_url(experiment) | link)


def editor_data(at: AppTest) -> dict[str, Any]:
    """What the drawing is told of the settings."""
    editor: dict[str, Any] = json.loads(components(at)["courier_looks"].json)["editor"]
    return editor


def report(at: AppTest, **values: object) -> AppTest:
    """Run the page with what the drawing sends, by name."""
    return send(at, components(at)["pictures"].id, json.dumps(values), "json_value")


def change(at: AppTest, *changes: dict[str, Any], first: int | None = None) -> AppTest:
    """Send changes, numbered from the first that was not applied yet."""
    start = editor_data(at)["applied"] + 1 if first is None else first
    return tell_operations(at, *({"n": number, **each} for number, each in enumerate(changes, start)))


def units(layer: int, by: int) -> dict[str, Any]:
    return {"kind": "units", "layer": layer, "by": by}


def start(at: AppTest, place: Sequence[object], text: object, run: str | None = None) -> dict[str, Any]:
    layer, source, neuron = place
    named = {"layer": layer, "source": source, "neuron": neuron}
    return {"kind": "start", "run": run or scene(at)["run"], "text": text} | named
