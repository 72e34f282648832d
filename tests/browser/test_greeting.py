"""A newcomer sees the first hundred epochs move once; whoever has been here, or comes by a link, does not."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.launch import watched_page
from tests.browser.playground import expect_drawn_epoch, expect_epoch, open_at, wait_for_stage

# Every epoch that the player has told of, from the first on.
LISTEN = """window.told = [];
document.addEventListener('glassbox-epoch', (event) => window.told.push([event.detail.playing, event.detail.index]));"""


def wait_for_greeting(page: Page) -> None:
    """Wait until the player has begun to play; on a busy machine it may be over by the time that this is known."""
    page.wait_for_function("told.some(([playing]) => playing)")


def epochs_played(page: Page) -> list[int]:
    """The indices of the kept epochs that were on the stage while the player was playing."""
    played: list[int] = page.evaluate("told.filter(([playing]) => playing).map(([, index]) => index)")
    return played


def test_a_newcomer_sees_the_first_hundred_epochs_once(browser: Browser, server: str) -> None:
    with watched_page(browser, newcomer=True) as page:
        page.add_init_script(LISTEN)
        page.goto(server)
        wait_for_greeting(page)
        expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=30_000)
        expect_epoch(page, 10_000)
        played = epochs_played(page)
        assert min(played) == 0
        assert played[-1] < 120, "the hundredth epoch and not the last"
        page.reload()
        wait_for_stage(page)
        expect_epoch(page, 10_000)
        assert epochs_played(page) == [], "nothing moves the second time"


def test_a_newcomer_who_presses_a_key_goes_on_from_there(browser: Browser, server: str) -> None:
    with watched_page(browser, newcomer=True) as page:
        page.add_init_script(LISTEN)
        page.goto(server)
        wait_for_greeting(page)
        page.keyboard.press("Home")
        expect_epoch(page, 0)
        expect_drawn_epoch(page, 0)
        expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_nothing_moves_by_itself_with_reduced_motion_or_from_a_link(browser: Browser, server: str) -> None:
    for still, address in ((True, server), (False, f"{server}/?preset=tutorial")):
        with watched_page(browser, still=still, newcomer=True) as page:
            page.add_init_script(LISTEN)
            open_at(page, address)
            expect_epoch(page, 10_000)
            assert epochs_played(page) == []
