"""Waiting for what is seen: a page at rest, the end of a run, the next frame. A clock only decides when to give up.

Streamlit shows that a script is running only after half a second, so a page without that sign may still be changing.
The script's state, an attribute on the page for tests, says it at once.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TypeVar

from playwright.sync_api import Page

FRAMES = 10
"""A page is at rest after this many identical frames in a row."""
DRAWN = 4
"""The same if only the last messages of a run are still to be drawn, which Streamlit delays by 10 ms."""
SECONDS = 20
"""The time limit; generous, as the benchmarks are what measures speed."""

Value = TypeVar("Value")

# The position and text of every element, shadow roots included, and of an SVG all texts; null while the script runs, an
# animation plays or something is loading.
SEEN = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const runs = app && app.dataset.testScriptState !== 'notRunning';
  const ends = (animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime);
  const moves = document.getAnimations().some((animation) => animation.playState === 'running' && ends(animation));
  if (runs || moves || document.fonts.status !== 'loaded') return null;
  if (document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')) return null;
  const within = (e) => [e, ...(e.localName === 'svg' ? [] : all(e)), ...(e.shadowRoot ? all(e.shadowRoot) : [])];
  const all = (root) => [...root.children].flatMap(within), isText = (node) => node.nodeType === Node.TEXT_NODE;
  const own = (element) => [...element.childNodes].filter(isText).map((node) => node.data).join();
  return all(document.body).map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height, element.localName === 'svg' ? element.textContent : own(element)].join();
  }).join('\\n');
}"""

# Called on every frame: whether the last `frames` were identical. It looks at every other one, which costs half.
STILL = f"""([turn, frames]) => {{
  const last = window.lastSeen;
  if (last?.turn === turn && last.isNew) {{
    last.isNew = false;
    return false;
  }}
  const seen = ({SEEN})();
  const same = seen !== null && last?.turn === turn && last.seen === seen ? last.same + 2 : 0;
  window.lastSeen = {{ turn, seen, same, isNew: true }};
  return same >= frames;
}}"""

# Listens to the server's messages from the first request on: a run begins (field 4) and ends (field 6, where 2 means
# that another run follows). Messages are protocol buffers, of which only the outermost fields are read here.
LISTEN = """() => {
  window.run = 'not asked for';
  if (window.listening) return;
  window.listening = new WeakSet();
  const fields = (bytes) => {
    const found = {};
    let at = 0;
    const number = () => {
      for (let value = 0, scale = 1; ; scale *= 128) {
        const byte = bytes[at++];
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
    };
    while (at < bytes.length) {
      const tag = number(), kind = tag & 7, value = kind === 5 ? 4 : kind === 1 ? 8 : number();
      found[tag >> 3] = value;
      if (kind !== 0) at += value;
    }
    return found;
  };
  const hear = ({ data }) => {
    const { 4: begun, 6: ended } = fields(new Uint8Array(data));
    if (begun !== undefined && window.run === 'asked for') window.run = 'begun';
    if (ended !== undefined && ended !== 2 && window.run === 'begun') window.run = 'over';
  };
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (!window.listening.has(this)) this.addEventListener('message', hear);
    window.listening.add(this);
    if (fields(new Uint8Array(data))[11] !== undefined) window.run = 'asked for';
    send.call(this, data);
  };
}"""

TURNS = count()


def next_frame(page: Page) -> None:
    """Wait for the browser's next animation frame."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")


def wait_for_timers(page: Page) -> None:
    """Wait until all pending timers without a delay have run; these run in the order in which they were set."""
    page.evaluate("() => new Promise((done) => setTimeout(done))")


def wait_for(page: Page, read: Callable[[], Value], wanted: Value) -> None:
    """Read a value once per frame until it is the one wanted."""
    until = time.monotonic() + SECONDS
    while (found := read()) != wanted and time.monotonic() < until:
        next_frame(page)
    assert found == wanted


def wait_until_still(page: Page, frames: int = FRAMES) -> None:
    """Wait until no script runs, no animation plays, and `frames` frames in a row were identical.

    This is for changes without a sign of their own to wait for: a page that adapts to a new width, a dialog that grows
    while it is filled, a list that closes.
    """
    page.wait_for_function(STILL, arg=[next(TURNS), frames])


def wait_until_drawn(page: Page) -> None:
    """Wait until no script runs and the messages of the last run are drawn.

    Call it only after the run has shown something: the page does not show that a run has merely been requested.
    """
    wait_until_still(page, DRAWN)


@contextmanager
def a_run(page: Page) -> Iterator[None]:
    """A block whose action requests a run of the page; it ends when the server has said that the run is over.

    This is for changes that the page does not show, and for what must not happen: by then it would have happened.
    """
    wait_until_drawn(page)
    page.evaluate(LISTEN)
    yield
    page.wait_for_function("window.run === 'over'")
    wait_until_drawn(page)
