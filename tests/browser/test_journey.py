"""The first visit, in a real browser: read, edit, train, watch it move, scrub, reload."""

import re

from playwright.sync_api import Page, expect

from engine import Experiment, History, record
from pages.charts.style.format import format_number
from tests.browser.canvases import network_texts
from tests.browser.playground import (
    OUTPUTS,
    WEIGHTS,
    cells,
    edited_cells,
    epoch,
    expect_epoch,
    expect_playing,
    expect_query,
    markers,
    open_at,
    play_slowly,
    query,
    texts,
    type_cell,
    wait_for_stage,
)
from tests.browser.stillness import wait_for

TUTORIAL = record(Experiment())
EDITED = record(Experiment(inputs=((0, 3, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1))))


def shown_weights(history: History, frame: int) -> set[str]:
    """The weights of a one-layer network at a frame, as the drawing writes them."""
    return {format_number(weight) for weight in history.weights[0][frame].ravel().tolist()}


def test_a_first_visit(page: Page, server: str) -> None:
    open_at(page, server)
    expect(page.get_by_text("All 4 rows are right")).to_be_visible()
    expect_epoch(page, 10_000)
    assert shown_weights(TUTORIAL, -1) == {"9.67", "-0.208", "-4.63"}
    assert shown_weights(TUTORIAL, -1) <= set(network_texts(page))
    assert [f"row {row + 1}: {format_number(TUTORIAL.outputs[-1, row, 0])}" for row in range(4)] == texts(page, OUTPUTS)

    type_cell(page, 0, 1, "3")
    expect_query(page, "x=0,3,1_")
    expect(page.get_by_text(f"loss {format_number(EDITED.loss[-1])} after")).to_be_visible()
    wait_for_stage(page)
    wait_for(page, lambda: shown_weights(EDITED, -1) <= set(network_texts(page)), True)
    wait_for(page, lambda: edited_cells(page)[:1], [["0", "3", "1", "0"]])

    play_slowly(page)
    page.get_by_role("button", name="Train").click()
    expect_playing(page)
    early = markers(page, WEIGHTS)
    expect_playing(page, 10 * epoch(page))
    later = markers(page, WEIGHTS)
    assert len(early) == len(later) == 3
    assert all(b[0] > a[0] for a, b in zip(early, later, strict=True)), "the markers move to the right"
    assert later[0][1] < early[0][1], "the first weight rises"
    page.get_by_role("combobox", name="Speed").select_option("2×")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect_epoch(page, 10_000)

    page.get_by_role("slider", name="Epoch", exact=True).focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    back = epoch(page)
    assert back == EDITED.epochs[-4]
    expect_epoch(page, back)
    expect_query(page, f"at={back}")
    frame = EDITED.frame_at(back)
    assert shown_weights(EDITED, frame) <= set(network_texts(page))
    expect(page.get_by_text(f"Weights at epoch {back:,}")).to_be_visible()

    before = query(page), network_texts(page), texts(page, OUTPUTS), cells(page)
    page.reload()
    wait_for_stage(page)
    expect_epoch(page, back)
    wait_for(page, lambda: (query(page), network_texts(page), texts(page, OUTPUTS), cells(page)), before)


def test_another_page_and_back(page: Page, server: str) -> None:
    open_at(page, f"{server}/?x=0,0_0,1_1,0_1,1&y=0_1_1_1&bias=1&seed=7&at=35")
    expect_epoch(page, 35)
    before = network_texts(page)
    page.get_by_role("link", name=re.compile("About")).click()
    expect(page.get_by_role("heading", name="About Glassbox")).to_be_visible()
    expect_query(page, "seed=7")
    page.get_by_role("link", name=re.compile("Playground")).click()
    wait_for_stage(page)
    expect_epoch(page, 35)
    expect_query(page, "at=35")
    assert network_texts(page) == before
