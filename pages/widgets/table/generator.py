"""Make a table: points drawn at random, which fill the grid as ordinary rows; Undo brings the old table back."""

import secrets

import streamlit as st

from engine import ExperimentError
from engine.data import GENERATORS
from pages.reading.edited_table import EditedTable
from pages.reading.fit_network import describe_changes, fit_network
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.settings.select_boxes import select_options


def show_generator(visit: Visit) -> None:
    """An expander with the kind of points, how many, how noisy, and the button that makes them."""
    fold = st.expander("Make a table", icon=":material/scatter_plot:", key="generator", on_change="rerun")
    if not fold.open:
        return
    form, settings_are_fixed = visit.generator, bool(visit.link.restrictions.fixed_parts)
    with fold:
        st.selectbox(
            "Points",
            format_func=lambda kind: GENERATORS[kind].label,
            **select_options("points", form.kind, GENERATORS, lambda kind: visit.change_generator(kind=kind)),
        )
        st.caption(form.generator.about)
        if form.generator.takes_function:
            show_box(visit, "function", "Curve y =", "A formula of x: 2\\*sin(x), x^2/4, |x|. It is read, never run.")
        boxes = st.container(key="boxes of generator")
        with boxes:
            show_box(visit, "rows", "Rows", "How many points.")
            about = "How far points are off at random (the deviation); their square reaches from -6 to 6."
            show_box(visit, "noise", "Noise", about if form.generator.classes else "How far answers are off at random.")
            if form.generator.classes:
                show_box(visit, "wrong_labels", "Wrong labels", "This share of the rows gets another class.")
            show_box(visit, "test_share", "Held out", "This share of the rows is tested, not trained on.")
            show_box(visit, "seed", "Seed", "Another seed, other points.")
        if not settings_are_fixed:
            st.toggle(
                "Keep my network",
                form.keeps_network,
                help="Off: the table comes with a network that learns it. On: your settings stay, as far as they fit.",
                **bind("keep network", form.keeps_network, lambda keeps: visit.change_generator(keeps_network=keeps)),
            )
        line = st.container(horizontal=True, gap="small")
        line.button("Make the table", on_click=lambda: make_table(visit))
        line.button(
            "Other points",
            on_click=lambda: make_table(visit, secrets.randbelow(10_000)),
            help="The same with another seed.",
        )
        if form.problem:
            st.warning(escape_markdown(form.problem), icon=":material/info:")


def show_box(visit: Visit, field: str, label: str, about: str) -> None:
    """A box for a field of the form, as it was typed."""
    value = getattr(visit.generator, field)
    st.text_input(
        label, value, help=about, **bind(f"points {field}", value, lambda text: visit.change_generator(**{field: text}))
    )


def make_table(visit: Visit, seed: int | None = None) -> None:
    """Fill the grid with points, with a seed of their own if given; what is wrong is said beside the button."""
    if seed is not None:
        visit.change_generator(seed=str(seed))
    form = visit.generator
    try:
        experiment, changed = form.experiment(), ""
        if form.keeps_network or visit.link.restrictions.fixed_parts:
            experiment, changed = fit_network(EditedTable.from_experiment(experiment), visit.draft.settings)
    except ExperimentError as error:
        visit.change_generator(problem=str(error))
        return
    visit.change_generator()
    visit.load(experiment, "", describe_changes(changed))
