"""The pinned runs: what each is, Open and Unpin; and comparisons that are ready to open."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from engine import Experiment, History
from pages.charts.style.format import count_words
from pages.charts.style.palette import palette_for
from pages.reading.differences import Difference
from pages.state.bound_widget import bind
from pages.state.pins import MOST_PINS
from pages.state.restrictions import differing_parts
from pages.state.visit import Visit
from pages.widgets.compare.ready import READY
from pages.widgets.frame.markdown import escape_markdown


def show_ready(visit: Visit) -> None:
    """The choice of a ready comparison, which replaces the pins; those of the visitor's own can be taken back."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        show_pin_button(visit)
        titles = [ready.title for ready in READY]
        st.selectbox(
            "Ready to open",
            range(len(READY)),
            None,
            format_func=titles.__getitem__,
            placeholder="a comparison",
            width=300,
            **bind("ready comparison", None, partial(open_ready, visit)),
        )
        if visit.pins.put_aside:
            count = count_words(len(visit.pins.put_aside), "other pin")
            st.button(f"Back to {count}", key="pins back", icon=":material/undo:", on_click=visit.pins.take_back)
    for ready in READY:
        if visit.pins.experiments == ready.experiments:
            st.caption(ready.about)


def open_ready(visit: Visit, index: int | None) -> None:
    """Pin the runs of a ready comparison in place of others; the last one comes to the Playground too."""
    if index is None:
        return
    experiments, pinned = READY[index].experiments, visit.pins.experiments
    is_own = bool(pinned) and pinned not in [ready.experiments for ready in READY]
    visit.pins.replace(experiments, puts_aside=is_own)
    if visit.link.restrictions.refusal(*differing_parts(visit.run.wanted, experiments[-1])) is None:
        visit.load(experiments[-1], preset="")


def show_pin_button(visit: Visit) -> None:
    """The button that pins the run of the Playground, or takes its pin away."""
    pins, wanted = visit.pins, visit.run.wanted
    if wanted in pins.experiments:
        st.button("Unpin this run", key="pin", icon=":material/keep_off:", on_click=partial(pins.unpin, wanted))
        return
    st.button(
        "Pin this run",
        key="pin",
        icon=":material/keep:",
        disabled=pins.are_full,
        on_click=partial(pins.pin, wanted),
        help=f"There are {MOST_PINS} pins, the most there can be: unpin one on Compare."
        if pins.are_full
        else "Keeps this run on the page Compare, to be held against others.",
    )


def show_pins(
    visit: Visit,
    names: Sequence[str],
    experiments: Sequence[Experiment],
    histories: Sequence[History | None],
    differences: Sequence[Difference],
) -> None:
    """A line for each run: its letter and colour, what differs, whether it is on the Playground, and its buttons."""
    colors = palette_for(st.context.theme.type)
    for place, (name, experiment) in enumerate(zip(names, experiments, strict=True)):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f"<strong style='color: {colors.line(place)}'>{name}</strong>", width="content")
            on_page = experiment == visit.run.wanted
            pinned = experiment in visit.pins.experiments
            own = ", ".join(f"{label}: {texts[place]}" for label, texts in differences)
            where = " and ".join(["on the Playground"] * on_page + ["pinned"] * pinned)
            st.markdown(" · ".join(filter(None, [escape_markdown(own), where])), width="content")
            if histories[place] is None:
                seconds = experiment.predicted_seconds
                st.markdown(f"not trained yet: open it and press Train, about {seconds:.0f} s", width="content")
            if not on_page:
                open_button(visit, experiment, name)
            if pinned:
                st.button("Unpin", key=f"unpin {name}", type="tertiary", on_click=partial(visit.pins.unpin, experiment))


def open_button(visit: Visit, experiment: Experiment, name: str) -> None:
    """The button that takes a run to the Playground."""
    locked = visit.link.restrictions.refusal(*differing_parts(visit.run.wanted, experiment))
    if st.button("Open", key=f"leave with run {name}", type="tertiary", disabled=locked is not None, help=locked):
        visit.load(experiment, preset="", note=f"Opened from Compare, where it was {name}.")
        st.switch_page("pages/views/playground.py")
