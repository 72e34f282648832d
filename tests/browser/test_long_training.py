"""During a long training the stage shows what is learned so far, in place: nothing is mounted anew or blank."""

from playwright.sync_api import Page, expect

from tests.browser.playground import OUTPUTS, epoch, expect_drawn_epoch, expect_epoch, expect_query, markers, open_at
from tests.browser.stillness import wait_for, wait_until_still

LAST = 1_000_000
LONG = f"n={LAST}&h=8,8&a=tanh,tanh,sigmoid"

# Marks the charts on the page, and takes down, frame by frame, whether any of them was gone or not seen.
WATCH = """() => {
  const charts = [...document.querySelectorAll('.js-plotly-plot')];
  window.blank = 0;
  const look = () => {
    const now = [...document.querySelectorAll('.js-plotly-plot')];
    const same = now.length === charts.length && now.every((chart, at) => chart === charts[at]);
    if (!same || !now.every((chart) => chart.checkVisibility({ visibilityProperty: true }))) window.blank++;
    if (!window.ended) requestAnimationFrame(look);
  };
  look();
}"""

# Whether every chart and the canvases are at this epoch, and the last point of the loss curve as well.
DRAWN = """() => {
  const charts = [...document.querySelectorAll('.js-plotly-plot')];
  const curve = charts.find((chart) => chart.layout.title.text.startsWith('Loss')).data[0];
  const epochs = charts.map((chart) => Number(chart.dataset.epoch));
  return [...epochs, Math.max(...curve.customdata)];
}"""


def test_a_long_training_is_watched_scrubbed_beside_and_stopped(page: Page, server: str) -> None:
    open_at(page, f"{server}/?{LONG}")
    wait_until_still(page)
    page.get_by_role("button", name="Train").click()
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    wait_for(page, lambda: 0 < epoch(page) < LAST, True)  # what has been learned so far
    page.evaluate(WATCH)
    reached = epoch(page)
    wait_for(page, lambda: reached < epoch(page) < LAST, True)
    expect(stop).to_be_visible()
    expect(page.get_by_text("What has been learned until epoch")).to_be_visible()
    wait_for(page, lambda: len(set(page.evaluate(DRAWN))), 1)
    assert min(page.evaluate(DRAWN)) > reached

    page.get_by_role("button", name="First epoch").click()  # who looks at another epoch is left there
    expect_query(page, "at=0")
    expect_epoch(page, 0)
    expect_drawn_epoch(page, 0)  # the player has reported
    bar, last = page.get_by_text("of 1,000,000 · loss"), page.locator('[data-part="of"]')
    told, before = bar.inner_text(), last.inner_text()
    expect(last).not_to_have_text(before)
    expect(bar).not_to_have_text(told)  # and the training goes on
    assert epoch(page) == 0
    expect(page.get_by_test_id("stProgress")).to_be_visible()
    assert markers(page, OUTPUTS)
    assert page.evaluate("window.blank") == 0, "a chart was gone or not seen"

    page.evaluate("window.ended = true")
    stop.click()
    expect(page.get_by_text("Stopped early: 1,000,000 epochs were asked for")).to_be_visible()
    expect(page.get_by_role("button", name="Train")).to_be_visible()
    assert 0 < int(last.inner_text().replace(",", "")) < LAST
