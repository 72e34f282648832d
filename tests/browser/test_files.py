"""Files in a real browser: dropped, previewed, loaded; and three downloads with every digit."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Page, expect

from engine import Experiment, record
from engine.serialization.json_format import from_json, to_json
from tests.browser.playground import assert_none, expect_query, open_at, query, wait_for_stage
from tests.browser.stillness import a_run, wait_until_drawn, wait_until_still

DATA = Path(__file__).resolve().parents[1] / "data"

DROP = """(place, [name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  window.left = ['dragenter', 'dragover', 'drop'].map((type) =>
    place.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: files }))).slice(1);
}"""


def open_files(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Files")).click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()


def taken(page: Page, label: str, path: Path) -> Path:
    """Press a download button, and where the file now is."""
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    target = path / started.value.suggested_filename
    started.value.save_as(target)
    return target


def test_a_spreadsheet_is_opened_after_a_look(page: Page, server: str) -> None:
    open_at(page, server)
    before = query(page)
    open_files(page)
    page.locator('[data-testid="stFileUploaderDropzoneInput"]').set_input_files(DATA / "calc-german-ansi.csv")
    dialog = page.get_by_role("dialog", name="Open a file")
    expect(dialog.get_by_text("is now called Größe (cm)")).to_be_visible()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_hidden()
    assert query(page) == before
    dialog.get_by_role("button", name="Use this table").click()
    expect(dialog).to_have_count(0)
    expect_query(page, "yn=wächst")
    wait_for_stage(page)
    assert "x=4.5,120,10.25,-1.5_" in query(page)


def test_a_file_is_dropped_and_closed_again(page: Page, server: str) -> None:
    open_at(page, server)
    before = query(page)
    page.locator("body").evaluate(DROP, ["a.json", "{}"])
    assert page.evaluate("window.left") == [False, False], "beside the place for it, the browser would open the file"
    open_files(page)
    place = page.get_by_test_id("stFileUploaderDropzone")
    place.evaluate(DROP, ["a.json", to_json(Experiment(seed=41))])
    dialog = page.get_by_role("dialog", name="Open a file")
    expect(dialog.get_by_text("4 rows, a network of 3, 1 and 10,000 epochs.")).to_be_visible()
    with a_run(page):
        page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert query(page) == before
    open_at(page, server)
    open_files(page)
    place.evaluate(DROP, ["a.json", to_json(Experiment(seed=41))])
    dialog.get_by_role("button", name="Open this experiment").click()
    expect_query(page, "seed=41")


def test_a_dialog_does_not_wait_on_a_page_that_was_left(page: Page, server: str) -> None:
    open_at(page, server)
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", name="About Glassbox")).to_be_visible()
    wait_until_drawn(page)
    about = page.evaluate("history.length")
    page.get_by_role("link", name="Playground").click()
    wait_for_stage(page)
    open_files(page)
    page.locator('[data-testid="stFileUploaderDropzoneInput"]').set_input_files(DATA / "calc-german-ansi.csv")
    dialog = page.get_by_role("dialog", name="Open a file")
    expect(dialog).to_be_visible()
    page.evaluate("(length) => history.go(length - history.length)", about)
    page.wait_for_url("**/about*")
    expect(page.get_by_role("heading", name="About Glassbox")).to_be_visible()
    page.get_by_role("link", name="Playground").click()
    wait_for_stage(page)
    assert_none(page, dialog)


def test_what_opens_is_seen_whole_and_a_link_beside_it_works(page: Page, server: str) -> None:
    open_at(page, server)
    page.get_by_role("button", name="Files", exact=True).click()
    expect(page.get_by_text("with every digit")).to_be_visible()
    wait_until_still(page)  # it grows as it is filled
    body = page.get_by_test_id("stPopoverBody")
    assert body.evaluate("(it) => it.scrollHeight - it.clientHeight") <= 0
    page.get_by_role("link", name="Learn").click()
    expect(page).to_have_title("Glassbox · Learn")
    expect(body).to_have_count(0)  # what closes must not call the old page back: a run that comes after is of Learn
    wait_until_drawn(page)
    with a_run(page):
        page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_role("heading", name="Layers", exact=True)).to_be_visible()
    assert page.title() == "Glassbox · Learn"


def test_three_files_are_taken_away(page: Page, server: str, tmp_path: Path) -> None:
    e = Experiment(inputs=((0.1, 1), (0.7, 0), (1 / 3, 1)), targets=((0,), (1,), (1,)), seed=7, epochs=500)
    open_at(page, f"{server}/?x=0.1,1_0.7,0_0.3333333333333333,1&y=0_1_1&seed=7&n=500")
    open_files(page)
    assert from_json(taken(page, "Experiment as JSON", tmp_path).read_text()) == e
    table = pd.read_csv(taken(page, "Table as CSV", tmp_path))
    assert table.to_numpy().tolist() == [[*x, *y] for x, y in zip(e.inputs, e.targets, strict=True)]
    shown = pd.read_csv(taken(page, "History as CSV", tmp_path))
    history = record(e)
    assert np.array_equal(shown["epoch"], history.epochs)
    assert np.array_equal(shown["loss"], history.loss)
    assert np.array_equal(shown["x2 → y1"], history.weights[0][:, 1, 0])
    assert np.array_equal(shown["row 3: y1"], history.outputs[:, 2, 0])
    with a_run(page):  # nothing shows that the files are other ones now
        page.get_by_text("Decimal commas").click()
    table = pd.read_csv(taken(page, "Table as CSV", tmp_path), sep=";", decimal=",")
    assert table.to_numpy().tolist()[0] == [0.1, 1, 0]
