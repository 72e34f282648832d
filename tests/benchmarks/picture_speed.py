"""How fast the pictures play, in software rendering: the canvases alone, and the whole Playground with all its charts.

`python -m tests.benchmarks.picture_speed` plays each run three times and prints the medians beside the bar. The player
shows at most 33 frames a second, one every 30 ms; how much room is left is said beside it: by the rate of animation
frames for the canvases, by the processor's milliseconds a frame for the page.
"""

import statistics
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from engine import PRESETS, Experiment, record
from engine.serialization import to_url
from pages.charts.canvas.scene import scene_bytes
from tests.browser.install import find_chromium
from tests.browser.launch import FLAGS, SCREEN, start_server, watched_page
from tests.browser.pictures import as_rows, pictures_page
from tests.browser.playground import open_at

FRAMES_A_SECOND = 30
TURNS = 3

PLAY = """async () => {
  const frame = document.querySelector('.pictures'), painted = [];
  const seen = new MutationObserver(() => painted.push(performance.now()));
  seen.observe(frame, { attributeFilter: ['data-painted'] });
  const turns = await harness.play();
  seen.disconnect();
  const seconds = (times) => (times.at(-1) - times[0]) / 1000;
  return [(painted.length - 1) / seconds(painted), (turns.length - 1) / seconds(turns)];
}"""

# The times at which the player moved, once it has come to rest. Not asked from outside: each question stops the page.
PLAY_PAGE = """() => {
  const components = [...document.querySelectorAll('[data-testid^=stBidi]')];
  const find = (name) => components.map((e) => e.shadowRoot?.querySelector(`[data-part=${name}]`)).find(Boolean);
  const play = find('play'), moves = [];
  new MutationObserver(() => moves.push(performance.now())).observe(find('epoch'), { childList: true });
  return new Promise((done) => {
    new MutationObserver(() => play.getAttribute('aria-label') === 'Play' && done(moves))
      .observe(play, { attributes: true });
    play.click();
  });
}"""

# One frame after the other, without waiting for the screen.
PAINT = """() => {
  const { stage } = harness, { state } = stage, last = stage.scene.epochs.length - 1, times = [];
  Object.assign(state, { still: false, playing: true });
  for (let index = 0; index <= last; index++) {
    const began = performance.now();
    state.index = index;
    stage.paintNow();
    times.push(performance.now() - began);
  }
  return times;
}"""


def spiral(rows: int) -> Experiment:
    """Two arms of a spiral, 2-8-8-1."""
    random, turn = np.random.RandomState(0), np.linspace(0.15, 1, rows // 2)
    arms = [
        np.column_stack([np.cos(1.75 * np.pi * turn + side), np.sin(1.75 * np.pi * turn + side)]) * 5 * turn[:, None]
        for side in (0, np.pi)
    ]
    return Experiment(
        inputs=as_rows((np.concatenate(arms) + 0.18 * random.randn(rows, 2)).round(3)),
        targets=as_rows(np.repeat([[0.0], [1.0]], rows // 2, axis=0)),
        hidden=(8, 8),
        activations=("tanh", "tanh", "sigmoid"),
        loss="binary_cross_entropy",
        optimizer="adam",
        learning_rate=0.03,
        bias=True,
        initializer="glorot_uniform",
        epochs=2_000,
    )


def classes(rows: int, columns: int) -> Experiment:
    """Three clouds of points in so many dimensions, six hidden units."""
    random = np.random.RandomState(1)
    kind = random.randint(0, 3, rows)
    return Experiment(
        inputs=as_rows((1.4 * random.randn(3, columns)[kind] + 0.8 * random.randn(rows, columns)).round(3)),
        targets=as_rows(np.eye(3)[kind]),
        hidden=(8,),
        activations=("tanh", "softmax"),
        loss="categorical_cross_entropy",
        optimizer="adam",
        learning_rate=0.02,
        bias=True,
        initializer="glorot_uniform",
        epochs=2_000,
    )


RUNS = {
    "XOR": PRESETS["xor"],
    "spiral, 200 rows, 8 + 8": spiral(200),
    "500 rows of three classes": classes(500, 2),
    "64 inputs, 70 rows": classes(70, 64),
}


def measure(browser: Browser, experiment: Experiment, folder: Path) -> tuple[float, float, float, float, int]:
    """Frames a second, animation frames a second, median and 95th percentile of a frame's milliseconds, bytes."""
    history = record(experiment)
    path = folder / "pictures.html"
    path.write_text(pictures_page(history), encoding="utf-8")
    page = browser.new_page(viewport=SCREEN)
    page.goto(path.as_uri())
    page.wait_for_function("window.harness?.stage.scene")
    played = [page.evaluate(PLAY) for _ in range(TURNS)]
    times = sorted(page.evaluate(PAINT))
    page.close()
    painted, turned = (statistics.median(values) for values in zip(*played, strict=True))
    return painted, turned, statistics.median(times), times[int(0.95 * len(times))], len(scene_bytes(history))


def measure_page(browser: Browser, base: str, experiment: Experiment) -> tuple[float, float]:
    """Frames a second of the Playground, and the milliseconds of the page's main thread that each took."""
    with watched_page(browser) as page:
        open_at(page, f"{base}/?{urlencode(to_url(experiment))}")
        tools = page.context.new_cdp_session(page)
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})

        def work() -> float:
            metrics = tools.send("Performance.getMetrics")["metrics"]
            return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))

        speeds, costs = [], []
        for _ in range(TURNS):
            before, moves = work(), page.evaluate(PLAY_PAGE)
            speeds.append(1000 * (len(moves) - 1) / (moves[-1] - moves[0]))
            costs.append(1000 * (work() - before) / len(moves))
    return statistics.median(speeds), statistics.median(costs)


def main() -> None:
    """Measure and print."""
    with sync_playwright() as playwright, start_server() as base, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        browser.new_context()  # the first context, which `watched_page` uses
        for name, experiment in RUNS.items():
            speed, cost = measure_page(browser, base, experiment)
            print(
                f"{name:27} {speed:5.1f} frames/s on the page (bar {FRAMES_A_SECOND}, "
                f"{'kept' if speed >= FRAMES_A_SECOND else 'LOST'}), {cost:.1f} ms of the processor a frame"
            )
        for name, experiment in RUNS.items():
            painted, turned, middle, slow, size = measure(browser, experiment, Path(folder))
            print(
                f"{name:27} {painted:5.1f} frames/s (bar {FRAMES_A_SECOND}, "
                f"{'kept' if painted >= FRAMES_A_SECOND else 'LOST'}), headroom {turned:4.0f}, "
                f"{middle:5.1f} ms a frame, 95 % below {slow:5.1f}, {size / 1000:,.0f} KB"
            )
        browser.close()


if __name__ == "__main__":
    main()
