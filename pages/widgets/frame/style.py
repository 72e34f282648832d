"""What the whole house shares: a style sheet of a few lines, and a server put in order once."""

import gc
import os
import socket
from contextlib import suppress
from datetime import timedelta

import streamlit as st

COLLECTION_THRESHOLD = 50_000
"""New objects before Python looks for garbage among them: a page is made of 20,000, and hardly one is garbage."""

ICON = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect x="2" y="2" width="28" height="28" rx="7" fill="#1c5fc4"/>
<path d="M9 9 23 16 9 23" fill="none" stroke="#fff" stroke-width="2"/><g fill="#fff"><circle cx="9" cy="9" r="3.5"/>
<circle cx="9" cy="23" r="3.5"/><circle cx="23" cy="16" r="4.5"/></g></svg>
""".strip()

# Streamlit writes captions, and dark what is chosen, in less than 4.5:1, and headings larger than there is room for.
# A chart of the stage is drawn at the last epoch: it is shown when the player has turned it to the page's.
# Pairs stand in a grid: Streamlit's columns take three messages for what is one, and every run sends them. Charts stand
# side by side where each has the 20rem that its labels need; on paper, one below the other.
# On a tablet held upright, or a window at 150 %, the stage stands below, the bar's buttons show their icons alone, and
# where four cards are abreast two are.
STYLE = """
<style>
[data-testid="stMainBlockContainer"] { padding: 4rem clamp(1rem, 2.5vw, 3rem) 2rem; max-width: 1760px; }
[data-testid="stHeading"] h1 { font-size: 1.75rem; }
[data-testid="stHeading"] h2 { font-size: 1.35rem; }
[data-testid="stMarkdown"] :is(h1, h2) { font-size: 1rem; font-weight: 600; letter-spacing: 0;
  padding: 0.75rem 0 1rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.75; }
[data-testid="stWidgetLabel"], [data-testid="stSliderThumbValue"],
button[role="radio"][data-variant][data-selected="true"] { color: inherit; }
[data-testid="stMarkdown"] .katex-display { padding: 0 4px 6px; }
[data-testid="stMetricValue"], [data-testid="stTable"] { font-variant-numeric: tabular-nums; }
[data-testid="stCaptionContainer"] code { font-size: 1em; }
[data-testid="stTable"] :is(td, th):last-child { text-align: right; }
[class*="st-key-chart"] .js-plotly-plot:not([data-epoch]) { visibility: hidden; }
.st-key-project, .st-key-open-share { position: fixed; top: 0.55rem; right: 3.5rem; z-index: 1000000; width: auto; }
.st-key-project { right: 9.5rem; }
@media (max-width: 640px) { [data-testid="stMarkdownContainer"] .katex { font-size: 1em; } }
@media (max-width: 900px) {
  [data-testid="stHorizontalBlock"]:has(.st-key-pairs-of-charts) > [data-testid="stColumn"] { min-width: 100%; }
}
@media (min-width: 641px) and (max-width: 1000px) {
  [data-testid="stHorizontalBlock"]:has(> :nth-child(4)) > [data-testid="stColumn"] { min-width: calc(50% - 1rem); }
}
@media (min-width: 768px) and (max-width: 900px) {
  .st-key-project { right: 6.5rem; }
  :is(.st-key-project, .st-key-open-share) button :is(p, kbd) { position: absolute; clip-path: inset(50%); }
}
@media screen {
  .st-key-pairs-of-charts { display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, max(20rem, 40%)), 1fr)); }
}
@media (min-width: 641px) {
  .st-key-pairs-of-controls { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .st-key-pairs-of-controls > :nth-child(7) { grid-column: 1 / -1; }
}
.st-key-pairs-of-columns { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: end; }
</style>
"""


def apply_style() -> None:
    """The style of all pages: less empty space than Streamlit leaves, and what stands where."""
    st.html(STYLE)


@st.cache_resource(max_entries=1, show_spinner=False)
def tune_process_once() -> None:
    """Have connections send at once, and freeze what has been imported: every full collection took 60 ms to walk it."""
    disable_nagle()
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTION_THRESHOLD, 20, 20)


def disable_nagle() -> None:
    """Have this server's connections, and those to come, send at once: each inherits that from what it came in by.

    Streamlit listens on a socket that does not say it is TCP's, so asyncio leaves Nagle's algorithm on: the end of a
    page then waits until the browser has acknowledged what came before, which takes Linux up to 40 ms.
    """
    with suppress(OSError):  # Windows, for one, does not list what is open
        for number in os.listdir("/dev/fd"):
            with suppress(OSError):  # what is no socket is left alone, and what is none of TCP's
                found = socket.socket(fileno=int(number))
                try:
                    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                finally:
                    found.detach()  # it is not ours to close


@st.fragment(run_every=timedelta(days=1))
def rerun_after_reconnect() -> None:
    """Bring the page back after its connection was lost, though there is nothing to do here, and nothing every day.

    The browser asks for the page again when it is connected again, but only if something on it repeats. Without that, a
    server that was started meanwhile learns of this page with the first edit, which belongs to a table it has not seen.
    """
