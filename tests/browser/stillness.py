"""Waiting for what is seen: a page at rest, a run that is over, the next frame. A clock only says when to give up.

Streamlit shows that a script runs only after half a second, so a page without that sign may still be on its way. What
says it at once is the state of the script, which the page carries for tests.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TypeVar

from playwright.sync_api import Page

FRAMES = 10
"""So many frames in a row show the same before a page is at rest."""
DRAWN = 4
"""So many where only the last words of a run may have to be drawn yet: Streamlit keeps them for 10 ms."""
SECONDS = 20
"""After so many, what has not come will not come: how fast it is, is for the benchmarks to say."""

Value = TypeVar("Value")

# Where everything is and what is written, shadow roots included, and of a picture its texts; nothing while something is
# known to be on its way.
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

# Called on every frame: whether the last of them have all shown the same.
STILL = f"""([turn, frames]) => {{
  const seen = ({SEEN})(), last = window.lastSeen;
  const same = seen !== null && last?.turn === turn && last.seen === seen ? last.same + 1 : 0;
  window.lastSeen = {{ turn, seen, same }};
  return same >= frames;
}}"""

# Listens, from the first word that is sent, to what the server answers: a run begins (4) and ends (6), of which 2 means
# that another one follows. Messages are protocol buffers: here only the outermost fields are read.
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
    """Wait until the browser is about to draw once more."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")


def wait_for_timers(page: Page) -> None:
    """Wait until the page has done what it put off with a timer of no delay: those run in the order they were set."""
    page.evaluate("() => new Promise((done) => setTimeout(done))")


def wait_for(page: Page, read: Callable[[], Value], wanted: Value) -> None:
    """Read once a frame until it is what is wanted."""
    until = time.monotonic() + SECONDS
    while (found := read()) != wanted and time.monotonic() < until:
        next_frame(page)
    assert found == wanted


def wait_until_still(page: Page, frames: int = FRAMES) -> None:
    """Wait until no script runs, no animation plays, and some frames in a row have shown the same.

    For whatever has no sign of its own by which it could be awaited: a page that takes up a new width, a dialog that
    grows as it is filled, a list that folds away.
    """
    page.wait_for_function(STILL, arg=[next(TURNS), frames])


def wait_until_drawn(page: Page) -> None:
    """Wait until no script runs, and what the last one said is drawn: before that, a page may be half there.

    Ask for it after something that the run has shown: a run that has only been asked for does not show in the page.
    """
    wait_until_still(page, DRAWN)


@contextmanager
def a_run(page: Page) -> Iterator[None]:
    """What is done in the block asks for a run of the page, and the block ends when the server has said it is over.

    For what a run changes without showing it, and for what must not happen: with the run it would have.
    """
    wait_until_drawn(page)
    page.evaluate(LISTEN)
    yield
    page.wait_for_function("window.run === 'over'")
    wait_until_drawn(page)
