"""The main job by keyboard alone, without any mouse call; every Tab stop has a name and is visible."""

from playwright.sync_api import Page, expect

from engine import Experiment, record
from tests.browser.playground import (
    cells,
    click_cell,
    edited_cells,
    epoch,
    expect_epoch,
    expect_query,
    expect_selected,
    go_to_column,
    open_at,
    query,
    wait_for_stage,
    write,
)
from tests.browser.stillness import a_run, wait_for, wait_until_still

EDITED = record(Experiment(inputs=((0, 3, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1))))

# The element that has the focus, in whatever shadow; for a cell of the grid it is the grid, which hands the focus on to
# the cell, for screen readers, a moment after it has drawn its ring.
FOCUSED = """(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element.closest('canvas') ?? element;
})()"""

# How it and what is around it are drawn; the grid draws its cells itself, and a ring about the one that is chosen.
LOOK = """(element) => {
  const looks = [];
  for (let at = element; at && looks.length < 6; at = at.parentElement) {
    const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(at);
    looks.push([outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor]);
  }
  return JSON.stringify(looks);
}"""

STOP = f"""() => {{
  const element = {FOCUSED}, look = {LOOK}, before = window.stop;
  const unseen = before && before.look === look(before.element) ? before.name : "";
  const name = element.ariaLabel || element.labels?.[0]?.textContent || element.textContent.trim() || element.title;
  window.stop = {{ element, name: `${{element.tagName}} ${{name.slice(0, 60)}}`, look: look(element) }};
  return [window.stop.name, name !== "", unseen];
}}"""


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until something of that name has the focus."""
    for _ in range(80):
        page.keyboard.press(key)
        stop, _, _ = page.evaluate(STOP)
        if name in stop:
            return
    raise AssertionError(f"{name} cannot be reached by {key}.")


def test_every_stop_has_a_name_and_is_seen(page: Page, server: str) -> None:
    open_at(page, server)
    wait_for(page, lambda: len(cells(page)), 4)  # of which the grid takes its name
    wait_until_still(page)
    page.add_style_tag(content="* { transition: none !important }")  # the frame of a field that has the focus glides in
    stops, unnamed, unseen = [], [], []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop, named, before = page.evaluate(STOP)
        if stop.startswith("BODY"):
            break
        stops.append(stop)
        unnamed += [] if named else [stop]
        unseen += [before] if before else []
    assert len(stops) > 40
    assert unnamed == []
    assert [stop for stop in unseen if not stop.startswith(("MAIN", "CANVAS"))] == []
    for name in (
        "Train",
        "Hidden layers",
        "Learning rate",
        "More",
        "Play",
        "Epoch",
        "Speed",
        "All right",
        "BUTTON shareShare",
    ):
        assert any(name in stop for stop in stops), name


def test_the_main_job_without_a_mouse(page: Page, server: str) -> None:
    open_at(page, server)
    tab_to(page, "CANVAS")
    expect_selected(page, 0, -1)
    go_to_column(page, 0, 1)
    write(page, "3")
    expect_query(page, "x=0,3,1_")
    wait_for_stage(page)
    wait_for(page, lambda: edited_cells(page)[0], ["0", "3", "1", "0"])

    tab_to(page, "SELECT Speed")
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    expect(page.get_by_role("combobox", name="Speed")).to_have_value("0.25")
    tab_to(page, "Train")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_focused()
    assert epoch(page) < 10_000
    page.keyboard.press("Home")
    expect_epoch(page, 0)

    tab_to(page, "INPUT Epoch")
    page.keyboard.press("End")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect_epoch(page, int(EDITED.epochs[-4]))
    said = page.get_by_role("slider", name="Epoch", exact=True).get_attribute("aria-valuetext")
    assert said
    assert said.startswith(f"epoch {int(EDITED.epochs[-4]):,}, loss ")
    tab_to(page, "All right")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="All right")).to_have_attribute("aria-pressed", "true")
    expect_query(page, f"at={epoch(page)}")

    tab_to(page, "Step by step")
    page.keyboard.press("Enter")
    expect(page.locator("td button").first).to_be_visible()
    wait_until_still(page)
    tab_to(page, "BUTTON X, row 1")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("The weight x2 → y1", exact=True)).to_be_visible()
    expect_query(page, "weight=1,2,1")
    wait_until_still(page)

    tab_to(page, "BUTTON shareShare")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_text("x=0,3,1_")).to_be_visible()
    wait_until_still(page)
    tab_to(page, "Copy")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_letters_in_a_selected_cell_are_typed_and_are_no_shortcuts(page: Page, server: str) -> None:
    open_at(page, server)
    editor = page.locator(".gdg-input")
    click_cell(page, 0, 1)
    for letter in "pt":
        page.keyboard.press(letter)
        expect(editor).to_have_value(letter)
        page.keyboard.press("Escape")
        expect(editor).to_have_count(0)
        for key in ("ArrowLeft", "ArrowLeft", letter, "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)  # the row's number is only read: there is nothing to type into
        expect_selected(page, 0, 1)
    with a_run(page):
        page.get_by_text("linear", exact=True).click()
    expect(page.get_by_role("button", name="Projector")).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert query(page) == "?seed=1&axis=linear"
    page.get_by_role("heading").first.click()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Leave")).to_be_visible()


def test_the_list_of_keys_opens_and_the_next_key_closes_it_and_works(page: Page, server: str) -> None:
    open_at(page, server)
    wait_for_stage(page)
    keys = page.get_by_role("dialog", name="Keys")
    for key, opens in (("?", True), ("?", False), ("?", True)):
        page.keyboard.press(key)
        expect(keys).to_have_count(int(opens))
    expect(keys).to_contain_text("type an epoch")
    page.keyboard.press("Home")
    expect(keys).to_have_count(0)
    expect_epoch(page, 0)
    page.get_by_role("textbox", name="Epochs").focus()
    page.keyboard.press("?")  # a letter there
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    wait_until_still(page)
    expect(keys).to_have_count(0)
