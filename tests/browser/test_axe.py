"""axe-core finds no accessibility problem of ours on any page in any state."""

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.axe import assert_accessible, violations
from tests.browser.launch import ROOT
from tests.browser.playground import open_at, open_once, resize
from tests.browser.stillness import a_run, wait_until_drawn, wait_until_still


def go(page: Page, name: str, heading: str) -> None:
    """Go to another page by its link."""
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    wait_until_drawn(page)


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.set_content('<html lang="en"><title>t</title><main><h1>t</h1><button></button></main>')
    assert [words.split(":")[0] for _, words in violations(page)] == ["button-name"]


def test_the_playground(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor")
    assert page.evaluate("document.documentElement.lang") == "en", "the page keeps the language of its first HTML"
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_text("Bias", exact=True)).to_be_visible()
    page.get_by_text("These charts in words and numbers").click()
    expect(page.get_by_text("The loss against the epoch. Over 5,000 epochs")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Files").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    assert_accessible(page, "a place to drop files on")
    page.locator("input[type=file]").set_input_files(ROOT / "tests/data/r-write-csv.csv")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_have_count(0)
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)  # as it goes, it gives the focus back to where it came from
    wait_until_still(page)
    page.get_by_role("textbox", name="Learning rate").fill("-1")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    wait_until_still(page)
    page.get_by_role("heading").first.click()
    assert_accessible(page)


def test_what_folds_away_on_the_playground(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=line&xd=hours^2&rates=100:0.01&frozen=W1.0.0")
    for name in ("Make a table", "Columns and held-out rows", "Go on training, stop early", "More"):
        with a_run(page):
            page.get_by_text(name, exact=True).click()
    expect(page.get_by_text("Freeze the output layer")).to_be_visible()
    assert_accessible(page)


def test_share(shared_page: Page, server: str) -> None:
    page = shared_page
    open_once(page, server)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.get_by_text("For a lesson").click()
    expect(page.get_by_text("Opens on")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_lesson_with_locked_parts(page: Page, server: str) -> None:
    open_at(page, f"{server}/?seed=1&hide=presets&lock=table,controls,more&at=35")
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_text("Bias", exact=True)).to_be_visible()
    assert_accessible(page)


def test_the_other_pages(page: Page, server: str) -> None:
    open_at(page, f"{server}/?at=100")
    go(page, "Step by step", "One update of the network")
    expect(page.locator("td button").first).to_be_visible()
    page.get_by_role("button", name="Verify these numbers").click()
    expect(page.get_by_text("All agree")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Slow motion").click()
    expect(page.get_by_text("Step 1 of 6")).to_be_visible()
    assert_accessible(page)
    go(page, "Activations", "Where each neuron sits")
    assert_accessible(page)
    go(page, "Learn", "A neuron")
    wait_for_charts(page)
    assert_accessible(page)
    page.get_by_role("radiogroup", name="Your prediction").locator("label").first.click()
    expect(page.get_by_text("1 of 12 answered")).to_be_visible()
    assert_accessible(page)
    go(page, "Code", "Your network as a program")
    assert_accessible(page, "long code scrolls")
    go(page, "About", "About Glassbox")
    assert_accessible(page)


def wait_for_charts(page: Page) -> None:
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .main-svg').length > 0")


def test_projector_mode(page: Page, server: str) -> None:
    page.goto(f"{server}/?preset=xor&projector=1")
    expect(page.get_by_role("button", name="Leave")).to_be_visible()
    wait_for_charts(page)
    assert_accessible(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Learn").last.click()
    page.wait_for_url("**/learn*")
    expect(page.locator(".st-key-onward")).to_be_visible()
    assert_accessible(page)


def test_on_a_phone(shared_page: Page, server: str) -> None:
    page = shared_page
    open_once(page, server)
    resize(page, ViewportSize(width=390, height=844))
    assert_accessible(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    assert_accessible(page)
    page.get_by_role("link", name="Step by step").first.click()
    expect(page.locator("td button").first).to_be_visible()
    assert_accessible(page)
