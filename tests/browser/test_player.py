"""The player in a real browser: keys, milestones, stepping back."""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from engine import Experiment, record
from engine.training.milestones import milestones_of
from pages.charts.style.format import format_number
from tests.browser.canvases import network_texts
from tests.browser.launch import watched_page
from tests.browser.playground import (
    OUTPUTS,
    WEIGHTS,
    change_fast,
    epoch,
    expect_drawn_epoch,
    expect_epoch,
    expect_playing,
    expect_query,
    markers,
    open_at,
    open_once,
    play_slowly,
    texts,
    undo_all,
    wait_for_stage,
)
from tests.browser.scripts import DRAW_ANEW, DRAWN, IS_SO
from tests.browser.stillness import a_run, wait_until_still

TUTORIAL = record(Experiment())


@pytest.fixture
def tutorial(shared_page: Page, server: str) -> Page:
    """The Playground at the last epoch, for tests that change nothing but what the player shows."""
    open_once(shared_page, server)
    shared_page.get_by_role("heading", name="Edit the table").click()  # keys are not typed into a field
    shared_page.keyboard.press("End")
    expect_epoch(shared_page, 10_000)
    expect(shared_page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    return shared_page


def test_keys_move_all_charts_together_and_backwards(tutorial: Page) -> None:
    page = tutorial
    page.keyboard.press("Home")
    expect_epoch(page, 0)
    expect_query(page, "at=0")
    start = markers(page, WEIGHTS)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect_epoch(page, 5)
    for row in range(4):
        assert f"row {row + 1}: {format_number(TUTORIAL.outputs[5, row, 0])}" in texts(page, OUTPUTS)
    assert format_number(TUTORIAL.weights[0][5, 0, 0]) in network_texts(page)
    assert markers(page, WEIGHTS) != start
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect_epoch(page, 0)
    assert markers(page, WEIGHTS) == start
    page.keyboard.press("End")
    expect_epoch(page, 10_000)


def test_a_chart_that_the_page_draws_anew_stays_at_the_cursor(tutorial: Page) -> None:
    page = tutorial
    expect_epoch(page, 10_000)
    at_the_end = texts(page, WEIGHTS)
    page.evaluate(DRAWN, WEIGHTS)
    page.keyboard.press("Home")
    expect_epoch(page, 0)
    at_first = texts(page, WEIGHTS)
    assert at_first != at_the_end
    assert page.evaluate(DRAW_ANEW, WEIGHTS) == at_the_end[-1]
    page.wait_for_function(IS_SO, arg=[WEIGHTS, at_first[-1]])
    shown = page.locator(".js-plotly-plot").first
    expect(shown).to_be_visible()
    assert shown.evaluate("(c) => { delete c.dataset.epoch; return getComputedStyle(c).visibility; }") == "hidden"
    expect(shown).to_be_visible()  # the player turns every chart that it has not turned yet


def test_space_plays_and_pauses(tutorial: Page) -> None:
    page = tutorial
    play_slowly(page)
    page.keyboard.press("Space")
    expect_playing(page)
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    stopped = epoch(page)
    assert 0 < stopped < 10_000
    expect_query(page, f"at={stopped}")
    expect_drawn_epoch(page, stopped)  # the server has had the time to answer
    wait_until_still(page)
    assert epoch(page) == stopped


# When the player came to which epoch, in milliseconds and as it shows it.
WATCH = """() => {
  const find = (node) => [...node.querySelectorAll('*')].flatMap((e) => e.shadowRoot ? find(e.shadowRoot) : [])
    .concat([...node.querySelectorAll('[data-part="epoch"]')]);
  const [shown] = find(document);
  window.turns = [];
  new MutationObserver(() => window.turns.push([performance.now(), shown.textContent]))
    .observe(shown, { childList: true, characterData: true, subtree: true });
}"""


def test_where_less_motion_is_asked_for_play_steps(browser: Browser, server: str) -> None:
    """A step a second, a tenth of the way or to the next mark; Pause, and a faster step, as ever."""
    with watched_page(browser, still=True) as page:
        open_at(page, server)
        page.keyboard.press("Home")
        expect_epoch(page, 0)
        page.get_by_label("Speed").select_option("2")
        page.evaluate(WATCH)
        page.get_by_role("button", name="Play").click()
        page.wait_for_function("window.turns.length > 2")
        page.get_by_role("button", name="Pause").click()
        (_, start), *turns = page.evaluate("window.turns.slice(0, 3)")
        assert start == "0"
        times = [time for time, _ in turns]
        assert [shown for _, shown in turns] == [f"{mark.epoch:,}" for mark in milestones_of(TUTORIAL)][: len(turns)]
        assert all(later - earlier > 490 for earlier, later in pairwise(times)), "at twice the speed half a second"
        expect_query(page, f"at={epoch(page)}")


def test_keys_typed_into_a_field_do_not_move_the_player(tutorial: Page) -> None:
    page = tutorial
    page.get_by_role("textbox", name="Learning rate").click()
    for key in ("Home", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    page.get_by_role("button", name="One step back").click()  # from where the player is
    expect_epoch(page, int(TUTORIAL.epochs[-2]))


def test_marks_jump_to_their_moment(tutorial: Page) -> None:
    page = tutorial
    mark = page.get_by_role("button", name="All right")
    wanted = mark.inner_text().removeprefix("All right: ").replace(",", "")
    mark.click()
    expect_epoch(page, int(wanted))
    expect_query(page, f"at={wanted}")


def test_train_by_its_shortcut_plays_from_the_start(tutorial: Page) -> None:
    page = tutorial
    play_slowly(page)
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert epoch(page) < 10_000
    page.keyboard.press("End")
    expect_epoch(page, 10_000)


def test_the_charts_follow_when_the_page_turns_dark(page: Page, server: str) -> None:
    open_at(page, server)
    written = page.locator(".gtitle").first
    expect(written).to_have_css("fill", "rgb(27, 36, 48)")
    page.emulate_media(color_scheme="dark")
    expect(written).to_have_css("fill", "rgb(232, 235, 240)")
    page.reload()
    wait_for_stage(page)
    expect(written).to_have_css("fill", "rgb(232, 235, 240)")


def test_choosing_a_row_while_playing_goes_on_playing(tutorial: Page) -> None:
    page = tutorial
    play_slowly(page)
    page.get_by_role("button", name="Play").click()
    expect_playing(page)
    page.locator('button[data-variant="segmented_control"]', has_text="2").first.click()
    expect(page.locator('[data-part="network caption"]')).to_contain_text("row 2")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert epoch(page) < 10_000
    page.get_by_role("combobox", name="Speed").select_option("2×")
    expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=15_000)
    expect_epoch(page, 10_000)


def test_reset_sends_the_player_to_the_end_and_it_can_come_back(tutorial: Page) -> None:
    page = tutorial
    for _ in range(2):
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        expect_epoch(page, 1)
        expect_drawn_epoch(page, 1)
        page.get_by_role("button", name="Reset").click()
        expect_epoch(page, 10_000)
        expect_drawn_epoch(page, 10_000)
        page.get_by_role("heading", name="Edit the table").click()


def test_changes_made_faster_than_the_page_follows_all_hold(tutorial: Page) -> None:
    page = tutorial
    first = page.locator('[data-part="first"]')
    change_fast(page, "500", "8, 8")
    first.click()
    expect_query(page, "h=8,8")
    expect_query(page, "a=tanh,tanh,sigmoid")
    expect_query(page, "n=500")
    wait_until_still(page)
    with a_run(page):  # the player reports, after what it had to say of the run before
        first.click()
    expect_query(page, "at=0")
    expect(page.get_by_role("textbox", name="Epochs")).to_have_value("500")
    expect(page.get_by_role("combobox", name="Hidden activation")).to_have_value("Tanh")
    expect_query(page, "a=tanh,tanh,sigmoid")
    change_fast(page, "1000000", "8")
    expect(page.get_by_text("The settings have changed")).to_be_visible()
    assert page.locator('[data-part="of"]').inner_text() == "500", "the last run stays until Train is pressed"
    undo_all(page)
