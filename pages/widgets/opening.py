"""The opening presses Play for the visitor, once, where a link asks for it."""

from dataclasses import replace

import streamlit as st

from pages.widgets.bench import Bench
from pages.widgets.trainer import is_shown

# The player is drawn a moment later than the page; it waits for its charts by itself.
JS = """
export default function ({ setTriggerValue }) {
  const waiting = setInterval(() => {
    const inside = [...document.querySelectorAll(".st-key-player *")];
    const play = inside.map((element) => element.shadowRoot?.querySelector('[data-part="play"]')).find(Boolean);
    if (!play) return;
    clearInterval(waiting);
    play.click();
    setTriggerValue("played", true);
  }, 100);
  return () => clearInterval(waiting);
}
"""


def opening(bench: Bench) -> None:
    """Play from the link's epoch, as soon as there is a run to play, unless Train has played one already."""
    if bench.handout.plays and not bench.plays and is_shown(bench):
        mount = st.components.v2.component("glassbox_opening", js=JS)
        mount(key="opening", on_played_change=lambda: played(bench))


def played(bench: Bench) -> None:
    """Forget that there is something to play."""
    bench.handout = replace(bench.handout, plays=False)
