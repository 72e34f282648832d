"""A map with Draw on, on a page of its own: what stands on it, what goes out, and a hand."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.pictures import open_pictures, pictures_page
from tests.browser.test_pointing import answer
from tests.charts.runs import run

FACTS = {
    "run": "run",
    "applied": 0,
    "locked": "",
    "rows": None,
    "held": None,
    "most": 20,
    "choices": [["no", [0]], ["yes", [1]]],
    "values": [["answer", 0.5]],
}

# The map with Draw on, beside somebody who numbers the operations and keeps them.
DRAW = """(facts) => {
  window.operations = [];
  document.addEventListener("glassbox-operation", ({ detail }) => { detail.n = window.operations.push(detail); });
  harness.stage.present({ drawing: facts });
  harness.stage.paintNow();
}"""
PRESENT = "(facts) => harness.stage.present({ drawing: facts })"
ROWS = """() => {
  const { scene } = harness.stage.view();
  return Array.from({ length: scene.rows }, (_, row) => scene.row(row));
}"""
AT = """([a, b]) => {
  const view = harness.stage.view(), canvas = document.querySelector('[data-part="answer"]');
  const area = harness.planeArea(view, canvas.clientWidth, canvas.clientHeight);
  return [area.x(a), area.y(b)];
}"""
CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]


def open_map(page: Page, **facts: object) -> Page:
    open_pictures(page, pictures_page(run("xor")))
    page.evaluate(DRAW, FACTS | facts)
    return page


def operations(page: Page) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = page.evaluate("window.operations")
    return told


def rows(page: Page) -> list[list[float]]:
    """The inputs of the rows as the map shows them."""
    shown: list[list[float]] = page.evaluate(ROWS)
    return shown


def press_at(page: Page, a: float, b: float) -> None:
    x, y = page.evaluate(AT, [a, b])
    box = answer(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()


def drag(page: Page, *places: tuple[float, float]) -> None:
    """Press at the first place, go to the others, and let go."""
    press_at(page, *places[0])
    box = answer(page).bounding_box()
    assert box
    for place in places[1:]:
        x, y = page.evaluate(AT, list(place))
        page.mouse.move(box["x"] + x, box["y"] + y, steps=6)
    page.mouse.up()
