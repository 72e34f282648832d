"""The browser's forward pass, for tests that hold it to NumPy's."""

from base64 import b64encode

import numpy as np
from playwright.sync_api import Page

from engine.model.types import Array

RELATIVE = 1e-12

# What every layer puts out at some points, the table's row after row, at every frame that was sent.
FORWARD = """([bytes, points]) => {
  const scene = js.readScene(Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)));
  const inputs = scene.inputs.map((_, i) => Float64Array.from(points, (point) => point[i]));
  const features = js.addDerived(scene.derived, inputs);
  return scene.frames.map((_, frame) => {
    const layers = js.forward(scene.network, frame, features, points.length);
    const outputs = scene.targets.map((_, k) => js.outputPlane(scene.network, layers, k, points.length));
    return [...layers.map((layer) => [...layer]), outputs.flatMap((plane) => [...plane])];
  });
}"""


def browser_layers(page: Page, data: bytes, points: Array) -> list[list[Array]]:
    """(units, points) a layer and, last, (targets, points) in the table's units, for every frame."""
    found: list[list[list[float]]] = page.evaluate(FORWARD, [b64encode(data).decode(), points.tolist()])
    return [[np.array(layer).reshape(-1, len(points)) for layer in frame] for frame in found]


def apart(found: Array, wanted: Array) -> float:
    """The largest difference, relative to the largest value of the layer."""
    return float(np.abs(found - wanted).max() / max(float(np.abs(wanted).max()), 1e-300))
