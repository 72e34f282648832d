"""How long a person waits, measured in a browser: run by hand, `python -m tests.benchmarks.page_speed`.

Prints medians from a warm server: opening the page in a cold browser; from Train to the first frame that moves; from a
typed cell to its result; from Next epoch of Step by step to its account and its last equation; and then the server's
share by part. BARS are in seconds. The player's frames per second are in picture_speed.py.
"""

import json
import statistics
import time
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect, sync_playwright

from engine import Experiment, record
from pages.charts.history.curves import loss_curve, output_convergence, weight_evolution
from pages.charts.history.network import network_figure
from pages.charts.style.base import EpochAxis
from pages.charts.style.palette import palette_for
from tests.browser.install import find_chromium
from tests.browser.launch import FLAGS, SCREEN, start_server, watched_page
from tests.browser.playground import click_cell, open_at, wait_for_stage
from tests.pages.step_by_step.step_page import step_epoch
from tests.pages.visit import visit

RUNS = 9
TURNS = 15
LEDGERS = {"tutorial": "at=100", "xor": "preset=xor&at=8"}
"""The runs used in Step by step: one with six equations, one with twelve."""
BARS = {
    "cold browser": 3.0,
    "Train to first move": 0.5,
    "cell to result": 0.5,
    "epoch to account, tutorial": 0.2,
    "epoch to pictures, tutorial": 0.2,
    "epoch to account, xor": 0.2,
    "epoch to pictures, xor": 0.2,
}

# Seconds from an action until the text of a part of the player changes, measured within the page.
CLOCK = """() => {
  const components = [...document.querySelectorAll('[data-testid^=stBidi]')];
  const find = (name) => components.map((e) => e.shadowRoot?.querySelector(`[data-part=${name}]`)).find(Boolean);
  window.moves = [];
  new MutationObserver(() => window.moves.push(performance.now())).observe(find('epoch'), { childList: true });
  window.results = [];
  new MutationObserver(() => window.results.push(performance.now())).observe(find('loss'), { childList: true });
  window.acts = [];
  for (const kind of ['pointerup', 'keydown'])
    document.addEventListener(kind, () => window.acts.push(performance.now()), true);
}"""

# Milliseconds from an action until the numbers of the account change, and until the last number of an equation does.
LEDGER = """() => {
  const account = () => [...document.querySelectorAll('[data-testid=stTable]')].map((e) => e.textContent).join();
  window.before = account();
  document.addEventListener('pointerup', () => {
    Object.assign(window, { act: performance.now(), before: account(), accounted: 0, written: 0 });
  }, true);
  new MutationObserver(() => {
    if (!window.accounted && account() !== window.before) window.accounted = performance.now() - window.act;
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  const drawn = new MutationObserver(() => { window.written = performance.now() - window.act; });
  for (const picture of document.querySelectorAll('[data-testid^=stBidi]')) {
    const step = picture.shadowRoot?.querySelector('.step');
    if (step) drawn.observe(step, { childList: true });
  }
}"""


def cold_page(browser: Browser, base: str) -> float:
    """Seconds from the request until the charts are drawn, in a browser with an empty cache."""
    with browser.new_context(viewport=SCREEN) as context:
        page = context.new_page()
        began = time.perf_counter()
        page.goto(base)
        page.wait_for_selector(".js-plotly-plot .textpoint", state="attached")
        return time.perf_counter() - began


def train_moves(page: Page) -> float:
    """Seconds from releasing Train until the player's epoch first changes."""
    page.evaluate("() => { window.moves = []; window.acts = []; }")
    page.get_by_role("button", name="Train").click()
    page.wait_for_function("() => window.moves.length > 2")
    waited: float = page.evaluate("() => window.moves[0] - window.acts[0]")
    expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(500)
    return waited / 1000


def cell_shows(page: Page, text: str) -> float:
    """Seconds from Enter in a cell until the new run is shown."""
    click_cell(page, 0, 1)
    page.wait_for_timeout(150)
    page.keyboard.type(text)
    page.wait_for_timeout(150)
    page.evaluate("() => { window.results = []; window.acts = []; }")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.results.length > 0")
    waited: float = page.evaluate("() => window.results[0] - window.acts[0]")
    wait_for_stage(page)
    page.wait_for_timeout(500)
    return waited / 1000


def page_turns(page: Page) -> tuple[float, float]:
    """Seconds from releasing Next epoch until the account shows that epoch, and until all equations do."""
    page.get_by_role("button", name="Next epoch").click()
    page.wait_for_function("() => window.accounted && window.written")
    page.wait_for_timeout(800)
    accounted, written = page.evaluate("() => [window.accounted, window.written]")
    return accounted / 1000, written / 1000


def server_parts() -> dict[str, float]:
    """Milliseconds of the server's work for one edit: training, the four figures, their JSON."""
    history = record(Experiment())
    axis, colors = EpochAxis(10_000, log=True), palette_for("light")

    def figures() -> list[dict[str, object]]:
        return [
            network_figure(history, 0, colors, "t"),
            output_convergence(history, axis, colors, "t"),
            weight_evolution(history, axis, colors, "t"),
            loss_curve(history, axis, colors, "t"),
        ]

    built = figures()
    return {
        "training": timed(lambda: record(Experiment())),
        "building figures": timed(figures),
        "serialising": timed(lambda: [json.dumps(figure) for figure in built]),
    }


def script_run() -> float:
    """Milliseconds of one run of Step by step, at one epoch later each time."""
    at = visit({"at": "100"}).switch_page("pages/views/step.py").run()
    return timed(lambda: step_epoch(at, 1))


def timed(act: Callable[[], object]) -> float:
    """The median of several calls, in milliseconds."""
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return 1000 * statistics.median(seconds)


def main() -> None:
    """Measure and print."""
    with start_server() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        cold_page(browser, base)
        found = {"cold browser": [cold_page(browser, base) for _ in range(RUNS)]}
        browser.new_context()  # the first context, which `watched_page` uses
        with watched_page(browser) as page:
            open_at(page, base)
            page.wait_for_timeout(1000)
            page.evaluate(CLOCK)
            train_moves(page)
            found["Train to first move"] = [train_moves(page) for _ in range(RUNS)]
            found["cell to result"] = [cell_shows(page, str(value)) for value in range(1, RUNS + 1)]
        for name, link in LEDGERS.items():
            page = browser.new_page(viewport=SCREEN)  # the front end first looks for the server under the page's path
            page.goto(f"{base}/step?{link}")
            page.wait_for_selector(".equation td")
            page.wait_for_timeout(2000)
            page.evaluate(LEDGER)
            page_turns(page)
            turns = [page_turns(page) for _ in range(TURNS)]
            account, pictures = map(list, zip(*turns, strict=True))
            found |= {f"epoch to account, {name}": account, f"epoch to pictures, {name}": pictures}
            page.close()
        browser.close()
    for name, seconds in found.items():
        low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
        verdict = "kept" if middle < BARS[name] else "LOST"
        print(f"{name:27} {middle:6.3f} s at the median ({low:.3f} to {high:.3f}), bar {BARS[name]} s {verdict}")
    parts = server_parts()
    print("of the server's work for an edit: " + ", ".join(f"{name} {ms:.1f} ms" for name, ms in parts.items()))
    rest = 1000 * statistics.median(found["cell to result"]) - sum(parts.values())
    print(f"the rest, {rest:.0f} ms: Streamlit's run and transport, and the browser drawing four charts")
    print(f"of the server's work for the next epoch: the whole script {script_run():.1f} ms")


if __name__ == "__main__":
    main()
