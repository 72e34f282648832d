"""A hand that draws on the map and types into the grid, and the table that what it does adds up to."""

import random
import time
from dataclasses import dataclass, field
from math import hypot

from playwright.sync_api import FloatRect, Locator, Page, expect

from pages.charts.style.sizes import DESK
from tests.browser.playground import query, wait_for_stage
from tests.browser.stillness import wait_for

Row = tuple[float, float, float]
Table = tuple[Row, ...]

CORNERS: Table = ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0))
LINK = "?x=0,0_0,1_1,0_1,1&y=0_1_1_0&xn=a,b&yn=c&h=3&a=tanh,sigmoid&n=200&bias=1&seed=3"
LOW, HIGH = -0.28, 1.28
"""The part of the plane that the map of the corners shows, as long as the lowest and the highest of them stay."""

ENDS = ((0, 0), (1, 1))
APART = 0.14
"""Points that are nearer than that may lie under the same finger."""

SEEN_SECONDS = 2.5
"""A change has come to the map by then; until then nobody would press on what it changes."""


def answer(page: Page) -> Locator:
    return page.locator('[data-part="answer"]')


def draw_button(page: Page) -> Locator:
    return page.locator('[data-part="draw"]')


def tool(page: Page, name: str) -> Locator:
    return page.locator(f'[data-part="tool {name}"]')


def box_of(page: Page, locator: Locator) -> FloatRect:
    """Where something stands in the window, once it stands still."""
    boxes: list[FloatRect | None] = [None]

    def look() -> bool:
        boxes.append(locator.bounding_box())
        return boxes[-1] is not None and boxes[-1] == boxes[-2]

    wait_for(page, look, True)
    box = boxes[-1]
    assert box
    return box


def place_of(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of the plane lies in the window, as axes.js has it."""
    box = box_of(page, answer(page))
    left, top = 3.6 * DESK.small_text + 1.1 * DESK.text, 2 * DESK.text + 4
    width, height = box["width"] - left - 12, box["height"] - top - 3.1 * DESK.small_text
    across, down = (x - LOW) / (HIGH - LOW), (HIGH - y) / (HIGH - LOW)
    return box["x"] + left + across * width, box["y"] + top + down * height


def table_in_address(page: Page) -> Table:
    """The rows as the address has them, which leaves out the targets where they are those of the first lesson."""
    parts = dict(part.partition("=")[::2] for part in query(page).lstrip("?").split("&"))
    if "x" not in parts:
        return ()  # on the way to another page
    parts.setdefault("y", "0_1_1_0")
    inputs, targets = (
        [[float(cell) for cell in row.split(",")] for row in parts[name].split("_")] for name in ("x", "y")
    )
    return tuple((x[0], x[1], y[0]) for x, y in zip(inputs, targets, strict=True))


@dataclass
class Hand:
    """It acts at random, and knows what comes of it: `table`, and what Undo would go back to."""

    page: Page
    choose: random.Random
    table: Table = CORNERS
    past: list[Table] = field(default_factory=list)
    seen: list[tuple[float, Table]] = field(default_factory=list)  # what the map may still show, and until when
    done: list[str] = field(default_factory=list)  # all that was done, for whoever looks for the reason of a failure

    def change(self, words: str, table: Table) -> None:
        """From now on the table is this one."""
        self.seen.append((time.monotonic() + SEEN_SECONDS, self.table))
        self.past.append(self.table)
        self.table = table
        self.done.append(words)

    def tables(self) -> list[Table]:
        """The table, and those that the map may still show."""
        self.seen = [(until, table) for until, table in self.seen if until > time.monotonic()]
        return [self.table, *(table for _, table in self.seen)]

    def pause(self) -> None:
        """Wait for 0 to 400 ms, as it happens."""
        self.page.evaluate("(ms) => new Promise((done) => setTimeout(done, ms))", self.choose.uniform(0, 400))

    def free_place(self) -> tuple[float, float] | None:
        """A place on the map that is far from every point that may be there."""
        for _ in range(60):
            x, y = (round(self.choose.uniform(0, 1), 2) for _ in range(2))
            if all(hypot(x - row[0], y - row[1]) > APART for table in self.tables() for row in table):
                return x, y
        return None

    def sure_row(self) -> int | None:
        """A row that the map certainly shows, and no other near it."""
        tables = self.tables()
        sure = [
            at
            for at, row in enumerate(self.table)
            if row[:2] not in ENDS
            and all(row in table for table in tables)
            and all(
                other == row or hypot(row[0] - other[0], row[1] - other[1]) > APART
                for table in tables
                for other in table
            )
        ]
        return self.choose.choice(sure) if sure else None

    def add(self) -> None:
        place = self.free_place()
        if place is None or len(self.table) > 11:
            return
        self.page.mouse.click(*place_of(self.page, *place))
        self.change(f"add {place}", (*self.table, (*place, 0)))

    def move(self) -> None:
        at, place = self.sure_row(), self.free_place()
        if at is None or place is None:
            return
        row, mouse = self.table[at], self.page.mouse
        mouse.move(*place_of(self.page, row[0], row[1]))
        mouse.down()
        mouse.move(*place_of(self.page, *place), steps=4)
        mouse.up()
        moved = (*place, row[2])
        self.change(f"move {row} to {place}", (*self.table[:at], moved, *self.table[at + 1 :]))

    def delete(self) -> None:
        at = self.sure_row()
        if at is None or len(self.table) < 4:
            return
        row = self.table[at]
        tool(self.page, "erase").click()
        self.page.mouse.click(*place_of(self.page, row[0], row[1]))
        tool(self.page, "point").click()
        self.change(f"delete {row}", (*self.table[:at], *self.table[at + 1 :]))

    def type(self) -> None:
        """Type an input or a target into one of the upper rows: a click, arrows, keys, Enter, as fast as people do."""
        at, column = self.choose.randrange(min([8, *map(len, self.tables())])), self.choose.randrange(3)
        row = list(self.table[at])
        value = 1 - row[2] if column == 2 else round(self.choose.uniform(0, 1), 2)
        if row[column] == value or (column < 2 and self.table[at][:2] in ENDS):
            return
        row[column] = value
        self.type_into(at, column, f"{value:g}")
        typed = (row[0], row[1], row[2])
        self.change(f"type {value:g} into {at}, {column}", (*self.table[:at], typed, *self.table[at + 1 :]))

    def type_into(self, row: int, column: int, text: str, *, enter: bool = True) -> None:
        """The same with a given cell and text; the last key may be left out."""
        box = box_of(self.page, self.page.get_by_test_id("data-grid-canvas").first)
        mouse, keyboard = self.page.mouse, self.page.keyboard
        mouse.move(box["x"] + 45, box["y"] + 35 * (row + 1.5), steps=4)
        mouse.click(box["x"] + 48, box["y"] + 35 * (row + 1.5), delay=60)
        for _ in range(2 + column):
            keyboard.press("ArrowRight", delay=30)
        keyboard.type(text, delay=60)
        if enter:
            keyboard.press("Enter", delay=60)

    def undo(self) -> None:
        if not self.past:
            return
        self.page.keyboard.press("Control+z")
        self.seen.append((time.monotonic() + SEEN_SECONDS, self.table))
        self.table = self.past.pop()
        self.done.append("undo")

    def turn_page(self) -> None:
        """To another page and back, where drawing is off as at first."""
        self.page.get_by_role("link", name="Step by step").click()
        expect(draw_button(self.page)).to_have_count(0)
        self.pause()
        self.page.get_by_role("link", name="Playground").click()
        expect(draw_button(self.page)).to_have_attribute("aria-pressed", "false")
        draw_button(self.page).click()
        self.done.append("page")

    def act(self) -> None:
        """One thing or another."""
        acts = [self.add, self.move, self.delete, self.type, self.undo, self.turn_page]
        self.choose.choices(acts, weights=[5, 4, 2, 5, 3, 0.7])[0]()

    def compare(self) -> None:
        """Expect the table that it all adds up to."""
        wait_for(self.page, lambda: table_in_address(self.page), self.table)


def start_drawing(page: Page, server: str, link: str = LINK) -> None:
    """Open the corners, and switch Draw on."""
    page.goto(f"{server}/{link}")
    wait_for_stage(page)
    draw_button(page).click()
    expect(draw_button(page)).to_have_attribute("aria-pressed", "true")
