"""Points drawn on the map by mouse, finger and keyboard stand there at once, and go out as one operation each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.drawn_map import AT, CORNERS, FACTS, PRESENT, drag, open_map, operations, press_at, rows
from tests.browser.launch import watched_page
from tests.browser.pictures import open_pictures, pictures_page, written
from tests.browser.test_pointing import PLACE, answer
from tests.charts.runs import run

PHONE = ViewportSize(width=390, height=844)


@pytest.fixture
def drawing_page(page: Page) -> Page:
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


def test_a_press_chooses_a_row_until_draw_is_on(page: Page) -> None:
    open_map(page)
    drag(page, (1, 0))
    drag(page, (0.5, 0.5))
    assert page.evaluate("harness.chosen") == [2]
    assert operations(page) == []


def test_a_point_stands_under_the_finger_before_it_is_told(drawing_page: Page) -> None:
    press_at(drawing_page, 0.5, 0.25)
    assert rows(drawing_page) == [*CORNERS, [0.5, 0.25]]
    assert "5" in written(drawing_page, "answer")
    assert operations(drawing_page) == []
    drawing_page.mouse.up()
    assert operations(drawing_page) == [{"kind": "add", "rows": [[0.5, 0.25, 0]], "width": 2, "n": 1}]
    assert rows(drawing_page) == [*CORNERS, [0.5, 0.25]]
    expect(drawing_page.locator('[data-part="drawn"]')).to_contain_text("Row 5 added, no: ")


def test_a_new_point_is_of_the_chosen_class(drawing_page: Page) -> None:
    drawing_page.get_by_label("new ones").select_option("yes")
    drag(drawing_page, (0.5, 0.25))
    assert operations(drawing_page)[0]["rows"] == [[0.5, 0.25, 1]]


def test_where_targets_are_numbers_a_new_point_has_the_typed_one(page: Page) -> None:
    open_map(page, choices=[])
    page.get_by_role("button", name="Draw", exact=True).click()
    page.get_by_label("new ones answer =").fill("-2.75")
    drag(page, (0.5, 0.25))
    assert operations(page)[0]["rows"] == [[0.5, 0.25, -2.75]]


def test_a_dragged_point_moves_and_one_that_is_only_pressed_is_chosen(drawing_page: Page) -> None:
    drag(drawing_page, (1, 1), (0.75, 0.6))
    (told,) = operations(drawing_page)
    assert told == {"kind": "move", "row": 3, "inputs": [[0, 0.75], [1, 0.6]], "were": [[1, 1]], "n": 1}
    assert rows(drawing_page)[3] == [0.75, 0.6]
    drag(drawing_page, (1, 0))
    assert drawing_page.evaluate("harness.chosen") == [2]
    assert len(operations(drawing_page)) == 1


def test_what_the_page_has_applied_is_not_drawn_twice(drawing_page: Page) -> None:
    drag(drawing_page, (0.5, 0.25))
    drag(drawing_page, (0.2, 0.6))
    cells = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [0.5, 0.25, 0]]
    drawing_page.evaluate(
        PRESENT,
        FACTS | {"applied": 1, "rows": cells, "held": [False] * 5},
    )
    assert rows(drawing_page) == [*CORNERS, [0.5, 0.25], [0.2, 0.6]]
    drawing_page.evaluate(PRESENT, FACTS | {"applied": 2, "run": "another"})
    assert rows(drawing_page) == [*CORNERS, [0.5, 0.25], [0.2, 0.6]]  # the run that has them is still to come


def test_a_brush_stroke_is_one_operation_and_stops_where_the_table_is_full(drawing_page: Page) -> None:
    drawing_page.get_by_label("brush").check()
    drag(drawing_page, (0.1, 0.5), (0.5, 0.5))
    drag(drawing_page, (0.1, 0.2), (0.9, 0.2), (0.1, 0.8), (0.9, 0.8))
    first, second = operations(drawing_page)
    assert len(first["rows"]) > 3
    assert len(rows(drawing_page)) == 4 + len(first["rows"]) + len(second["rows"]) == 20
    drag(drawing_page, (0.5, 0.5))
    assert len(operations(drawing_page)) == 2
    expect(drawing_page.locator('[data-part="drawn"]')).to_have_text("A table like this has room for 20 rows.")


def test_delete_takes_what_it_is_dragged_over(drawing_page: Page) -> None:
    drawing_page.get_by_label("delete").check()
    drag(drawing_page, (0, 0), (0, 1))
    (told,) = operations(drawing_page)
    assert (told["kind"], told["rows"], told["were"]) == ("delete", [0, 1], [[0, 0], [0, 1]])
    assert rows(drawing_page) == CORNERS[2:]
    drag(drawing_page, (0.5, 0.5))
    assert len(operations(drawing_page)) == 1


def test_by_keyboard_a_point_is_added_moved_and_deleted(drawing_page: Page) -> None:
    keyboard = drawing_page.keyboard
    answer(drawing_page).focus()
    keyboard.press("Shift+ArrowRight")
    keyboard.press("Shift+ArrowUp")
    place = drawing_page.evaluate("harness.stage.state.probe")
    keyboard.press("Enter")
    added = operations(drawing_page)[0]["rows"][0]
    assert added[:2] == pytest.approx(place, abs=0.01)
    keyboard.press("PageDown")
    keyboard.press(" ")
    expect(drawing_page.locator('[data-part="drawn"]')).to_contain_text("picked up")
    keyboard.press("Shift+ArrowLeft")
    keyboard.press("ArrowUp")
    keyboard.press("Enter")
    moved = operations(drawing_page)[1]
    assert moved["kind"] == "move"
    assert rows(drawing_page)[moved["row"]] == [value for _, value in moved["inputs"]] != moved["were"][0]
    keyboard.press("PageDown")
    keyboard.press("Delete")
    assert operations(drawing_page)[2]["kind"] == "delete"
    assert len(rows(drawing_page)) == 4


def test_escape_leaves_a_picked_up_point_where_it_was(drawing_page: Page) -> None:
    answer(drawing_page).focus()
    for key in ("PageDown", "Enter", "ArrowUp", "Escape"):
        drawing_page.keyboard.press(key)
    assert rows(drawing_page) == CORNERS
    assert operations(drawing_page) == []


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
