"""A page with the pictures of one run under a slider, without a server; and the modules of which they are made."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from string import Template

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page

from engine import ACTIVATIONS, History
from engine.model.activation_functions import Activation
from pages.charts.canvas.javascript import (
    CSS,
    HTML,
    exported_names,
    joined_module,
    pictures_module,
    source_of,
    written_modules,
)
from pages.charts.canvas.scene import scene_bytes
from pages.charts.style.sizes import DESK, Sizes
from pages.private_api.page_font import font_face

Rows = tuple[tuple[float, ...], ...]
PAGE = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))

# What is written on a canvas in one painting: text, size in pixels.
WRITTEN = """(part) => {
  const { fillText } = CanvasRenderingContext2D.prototype, found = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    if (this.canvas.dataset.part === part) found.push([text, Number(this.font.match(/([\\d.]+)px/)[1])]);
    fillText.call(this, text, ...rest);
  };
  harness.stage.paintNow();
  CanvasRenderingContext2D.prototype.fillText = fillText;
  return found;
}"""


def pictures_page(
    history: History,
    *,
    sizes: Sizes = DESK,
    height: int | None = None,
    activations: Mapping[str, Activation] = ACTIVATIONS,
    has_gradients: bool = False,
) -> str:
    """The page as one text."""
    data = scene_bytes(history, "run", has_gradients)
    return PAGE.substitute(
        font_face=font_face(),
        css=CSS,
        html=HTML,
        module=pictures_module() if activations is ACTIVATIONS else module("stage", activations),
        sizes=json.dumps(asdict(sizes)),
        height=json.dumps(height),
        bytes=b64encode(data).decode(),
    )


def as_rows(values: npt.NDArray[np.float64]) -> Rows:
    """An array as an experiment's table."""
    return tuple(tuple(row) for row in values.tolist())


def module(entry: str, activations: Mapping[str, Activation] = ACTIVATIONS) -> str:
    """One of the modules with what it needs."""
    return joined_module(entry, written_modules(activations))


def open_module(
    page: Page, entry: str, activations: Mapping[str, Activation] = ACTIVATIONS, also: Sequence[str] = ()
) -> None:
    """Load a module into an empty page, and others; what they export is then at `window.js`."""
    scripts = [
        f"<script type=module>{module(name, activations)}\n"
        f"window.js = {{ ...window.js, {exported_names(source_of(name))} }};</script>"
        for name in (entry, *also)
    ]
    page.set_content("".join(scripts))
    page.wait_for_function("window.js")


def open_pictures(page: Page, text: str) -> None:
    """Open a `pictures_page`, and wait until it is painted at the last epoch, in the finest resolution."""
    page.set_content(text)
    wait_until_fine(page)


def seek(page: Page, index: int) -> None:
    """Move the slider to a kept epoch, and wait until that is painted in the finest resolution."""
    page.locator('[data-part="slider"]').fill(str(index))
    wait_until_fine(page)


def wait_until_fine(page: Page) -> None:
    """Wait until nothing moves any more."""
    page.wait_for_function(
        """() => {
          const { painted, still } = document.querySelector(".pictures")?.dataset ?? {};
          return still === "true" && painted === document.querySelector('[data-part="slider"]').value;
        }"""
    )


def written(page: Page, part: str) -> list[str]:
    """The texts on a canvas."""
    return [text for text, _ in page.evaluate(WRITTEN, part)]
