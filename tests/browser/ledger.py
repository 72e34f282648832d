"""Step by step in a browser: its numbers by their places, and waiting for them."""

from playwright.sync_api import Locator, Page, expect

from engine import Experiment, record
from engine.explanation.ledger import explain_epoch
from pages.charts.style.format import format_number
from tests.browser.playground import expect_epoch
from tests.browser.stillness import wait_until_drawn

TUTORIAL = record(Experiment())

PICTURES = """[...document.querySelectorAll('[data-testid^=stBidi]')]
  .map((host) => host.shadowRoot?.querySelector('.step')).filter((step) => step)"""

DRAWN = f"(count) => {PICTURES}.filter((picture) => picture.querySelector('td button')).length === count"

WRITTEN = f"(picture) => [...({PICTURES}[picture]?.querySelectorAll('button') ?? [])].map((e) => e.textContent)"


def number(page: Page, picture: int, name: str, row: int, column: int) -> Locator:
    """A number of a matrix, by its place."""
    equation = page.locator(".equation").nth(picture)
    table = equation.locator("table").filter(has=page.locator("caption b").get_by_text(name, exact=True))
    return table.locator("tbody tr").nth(row).get_by_role("button").nth(column)


def wait_for_ledger(page: Page, pictures: int = 6) -> None:
    page.wait_for_function(DRAWN, arg=pictures, timeout=60_000)
    wait_until_drawn(page)


def come(page: Page, server: str) -> None:
    """Open the page by its link."""
    page.goto(f"{server}/step?at=100")
    wait_for_ledger(page)


def expect_ledger_of(page: Page, epoch: int) -> None:
    """The words, the player, and the numbers that are written into the first and the last picture are of this epoch."""
    expect(page.get_by_text(f"From epoch {epoch:,} to epoch {epoch + 1:,}")).to_be_visible()
    expect_epoch(page, epoch)
    (layer,) = explain_epoch(TUTORIAL.experiment, TUTORIAL.state_at(epoch)).updates[0].layers
    wait_for_texts(page, 0, [format_number(value) for value in layer.pre_activations.flatten().tolist()])
    wait_for_texts(page, 5, [format_number(value) for value in layer.new_weights.flatten().tolist()])


def wait_for_texts(page: Page, picture: int, wanted: list[str]) -> None:
    """Until these are the last numbers that a picture shows."""
    page.wait_for_function(
        f"([picture, wanted]) => ({WRITTEN})(picture).slice(-wanted.length).join() === wanted.join()",
        arg=[picture, wanted],
    )


def expect_weight(page: Page, name: str) -> None:
    expect(page.get_by_text(f"The weight {name}", exact=True)).to_be_visible()
