"""Points drawn on the map by mouse, finger and keyboard stand there at once, and go out as one operation each."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.launch import watched_page
from tests.browser.pictures import open_pictures, pictures_page, written
from tests.browser.test_pointing import PLACE, answer
from tests.charts.runs import run

PHONE = ViewportSize(width=390, height=844)
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


@pytest.fixture
def drawn(page: Page) -> Page:
    open_map(page)
    page.get_by_role("button", name="Draw", exact=True).click()
    return page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with watched_page(browser, PHONE, phone=True) as page:
        open_map(page)
        answer(page).scroll_into_view_if_needed()
        page.get_by_role("button", name="Draw", exact=True).tap()
        yield page


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


def test_a_press_chooses_a_row_until_draw_is_on(page: Page) -> None:
    open_map(page)
    drag(page, (1, 0))
    drag(page, (0.5, 0.5))
    assert page.evaluate("harness.chosen") == [2]
    assert operations(page) == []


def test_a_point_stands_under_the_finger_before_it_is_told(drawn: Page) -> None:
    press_at(drawn, 0.5, 0.25)
    assert rows(drawn) == [*CORNERS, [0.5, 0.25]]
    assert "5" in written(drawn, "answer")
    assert operations(drawn) == []
    drawn.mouse.up()
    assert operations(drawn) == [{"kind": "add", "rows": [[0.5, 0.25, 0]], "width": 2, "n": 1}]
    assert rows(drawn) == [*CORNERS, [0.5, 0.25]]
    expect(drawn.locator('[data-part="drawn"]')).to_contain_text("Row 5 added, no: ")


def test_a_new_point_is_of_the_chosen_class(drawn: Page) -> None:
    drawn.get_by_label("new ones").select_option("yes")
    drag(drawn, (0.5, 0.25))
    assert operations(drawn)[0]["rows"] == [[0.5, 0.25, 1]]


def test_where_targets_are_numbers_a_new_point_has_the_typed_one(page: Page) -> None:
    open_map(page, choices=[])
    page.get_by_role("button", name="Draw", exact=True).click()
    page.get_by_label("new ones answer =").fill("-2.75")
    drag(page, (0.5, 0.25))
    assert operations(page)[0]["rows"] == [[0.5, 0.25, -2.75]]


def test_a_dragged_point_moves_and_one_that_is_only_pressed_is_chosen(drawn: Page) -> None:
    drag(drawn, (1, 1), (0.75, 0.6))
    (told,) = operations(drawn)
    assert told == {"kind": "move", "row": 3, "inputs": [[0, 0.75], [1, 0.6]], "were": [[1, 1]], "n": 1}
    assert rows(drawn)[3] == [0.75, 0.6]
    drag(drawn, (1, 0))
    assert drawn.evaluate("harness.chosen") == [2]
    assert len(operations(drawn)) == 1


def test_what_the_page_has_applied_is_not_drawn_twice(drawn: Page) -> None:
    drag(drawn, (0.5, 0.25))
    drag(drawn, (0.2, 0.6))
    cells = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [0.5, 0.25, 0]]
    drawn.evaluate(
        "(facts) => harness.stage.present({ drawing: facts })",
        FACTS | {"applied": 1, "rows": cells, "held": [False] * 5},
    )
    assert rows(drawn) == [*CORNERS, [0.5, 0.25], [0.2, 0.6]]
    drawn.evaluate(PRESENT, FACTS | {"applied": 2, "run": "another"})
    assert rows(drawn) == [*CORNERS, [0.5, 0.25], [0.2, 0.6]]  # the run that has them is still to come


def test_a_brush_stroke_is_one_operation_and_stops_where_the_table_is_full(drawn: Page) -> None:
    drawn.get_by_label("brush").check()
    drag(drawn, (0.1, 0.5), (0.5, 0.5))
    drag(drawn, (0.1, 0.2), (0.9, 0.2), (0.1, 0.8), (0.9, 0.8))
    first, second = operations(drawn)
    assert len(first["rows"]) > 3
    assert len(rows(drawn)) == 4 + len(first["rows"]) + len(second["rows"]) == 20
    drag(drawn, (0.5, 0.5))
    assert len(operations(drawn)) == 2
    expect(drawn.locator('[data-part="drawn"]')).to_have_text("A table like this has room for 20 rows.")


def test_delete_takes_what_it_is_dragged_over(drawn: Page) -> None:
    drawn.get_by_label("delete").check()
    drag(drawn, (0, 0), (0, 1))
    (told,) = operations(drawn)
    assert (told["kind"], told["rows"], told["were"]) == ("delete", [0, 1], [[0, 0], [0, 1]])
    assert rows(drawn) == CORNERS[2:]
    drag(drawn, (0.5, 0.5))
    assert len(operations(drawn)) == 1


def test_by_keyboard_a_point_is_added_moved_and_deleted(drawn: Page) -> None:
    keyboard = drawn.keyboard
    answer(drawn).focus()
    keyboard.press("Shift+ArrowRight")
    keyboard.press("Shift+ArrowUp")
    place = drawn.evaluate("harness.stage.state.probe")
    keyboard.press("Enter")
    added = operations(drawn)[0]["rows"][0]
    assert added[:2] == pytest.approx(place, abs=0.01)
    keyboard.press("PageDown")
    keyboard.press(" ")
    expect(drawn.locator('[data-part="drawn"]')).to_contain_text("picked up")
    keyboard.press("Shift+ArrowLeft")
    keyboard.press("ArrowUp")
    keyboard.press("Enter")
    moved = operations(drawn)[1]
    assert moved["kind"] == "move"
    assert rows(drawn)[moved["row"]] == [value for _, value in moved["inputs"]] != moved["were"][0]
    keyboard.press("PageDown")
    keyboard.press("Delete")
    assert operations(drawn)[2]["kind"] == "delete"
    assert len(rows(drawn)) == 4


def test_escape_leaves_a_picked_up_point_where_it_was(drawn: Page) -> None:
    answer(drawn).focus()
    for key in ("PageDown", "Enter", "ArrowUp", "Escape"):
        drawn.keyboard.press(key)
    assert rows(drawn) == CORNERS
    assert operations(drawn) == []


def test_a_finger_adds_and_drags_and_the_page_does_not_scroll(phone: Page) -> None:
    expect(answer(phone)).to_have_css("touch-action", "none")
    x, y = phone.evaluate(AT, [0.5, 0.25])
    answer(phone).tap(position={"x": x, "y": y})
    assert operations(phone)[0]["rows"] == [[0.5, 0.25, 0]]
    touch = phone.context.new_cdp_session(phone)
    box = answer(phone).bounding_box()
    assert box
    ends = [phone.evaluate(AT, place) for place in ([0.5, 0.25], [0.5, 0.7])]
    for kind, (x, y) in zip(("touchStart", "touchMove"), ends, strict=True):
        point = {"x": box["x"] + x, "y": box["y"] + y}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    moved = operations(phone)[1]
    assert (moved["kind"], moved["row"]) == ("move", 4)
    assert dict(moved["inputs"])[1] == pytest.approx(0.7, abs=0.02)


def test_a_locked_table_says_why_it_is_not_drawn_into(page: Page) -> None:
    open_map(page, locked="Fixed in this lesson: Table.")
    expect(page.get_by_role("button", name="Draw", exact=True)).to_be_disabled()
    expect(page.locator('[data-part="drawn"]')).to_have_text("Fixed in this lesson: Table.")


def test_where_there_is_no_table_to_draw_into_there_are_no_tools(page: Page) -> None:
    open_pictures(page, pictures_page(run("xor")))
    expect(page.locator('[data-part="tools"]')).to_be_hidden()
    x, y = page.evaluate(PLACE, 2)
    answer(page).click(position={"x": x, "y": y})
    assert page.evaluate("harness.chosen") == [2]
