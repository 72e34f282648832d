"""Compare in a real browser: pin two runs, play them under one player, reload, and find the same pins."""

from dataclasses import replace
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from engine import PRESETS, record
from engine.serialization.url_format import to_url
from pages.charts.style.format import format_number
from tests.browser.axe import assert_accessible, wait_for_colors
from tests.browser.playground import (
    SIZES,
    assert_all_is_seen,
    expect_epoch,
    expect_query,
    resize,
    texts,
    wait_for_stage,
)
from tests.browser.stillness import wait_until_drawn, wait_until_still

XOR = replace(PRESETS["xor"], epochs=300)
SLOW = replace(XOR, learning_rate=0.1)


def wait_for_curves(page: Page, count: int = 3) -> None:
    expect(page.locator("[class*=st-key-chart-compared] .js-plotly-plot[data-epoch]")).to_have_count(count)
    wait_until_drawn(page)


def losses(epoch: int) -> list[str]:
    """The labels of the two losses at an epoch."""
    runs = [record(e) for e in (XOR, SLOW)]
    return [
        f"{name}: {format_number(float(run.loss[run.frame_at(epoch)]))}" for name, run in zip("AB", runs, strict=True)
    ]


def test_pin_two_change_the_rate_play_both_and_reload(page: Page, server: str) -> None:
    page.goto(f"{server}/?{urlencode(to_url(XOR))}")
    wait_for_stage(page)
    page.get_by_role("button", name="Pin this run").click()
    expect(page.get_by_role("button", name="Unpin this run")).to_be_visible()
    page.get_by_role("textbox", name="Learning rate").fill("0.1")
    page.keyboard.press("Enter")
    expect_query(page, "lr=0.1")
    expect(page.get_by_role("button", name="Pin this run", exact=True)).to_be_visible()
    page.get_by_role("button", name="Pin this run", exact=True).click()
    expect_query(page, "pin2=")
    page.get_by_role("link", name="Compare").first.click()
    wait_for_curves(page)
    for key, epoch in (("Home", 0), ("End", 300)):
        page.keyboard.press(key)
        expect_epoch(page, epoch)
        assert sorted(texts(page, "Loss")) == losses(epoch)
    page.reload()
    wait_for_curves(page)
    expect_epoch(page, 300)
    assert sorted(texts(page, "Loss")) == losses(300)
    expect_query(page, "pin2=")


def test_everything_is_seen_at_every_size_and_axe_finds_nothing(page: Page, server: str) -> None:
    pins = {"pin1": urlencode(to_url(SLOW)), "pin2": urlencode(to_url(replace(XOR, seed=4)))}
    page.goto(f"{server}/compare?{urlencode(to_url(XOR) | pins)}")
    wait_for_curves(page)
    page.get_by_text("The answers side by side").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    assert_accessible(page)  # which leaves it dark
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        wait_for_colors(page, scheme)
        for size in SIZES:
            resize(page, size)
            wait_until_still(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (scheme, size)
            assert_all_is_seen(page, ".js-plotly-plot, button, [role=combobox]")
