"""The choice of a preset; Reset loads it again; New seed draws other start weights and changes nothing else."""

import secrets
from dataclasses import replace

import streamlit as st

from engine import PRESETS
from engine.data.presets import STORIES
from pages.state.bound_widget import bind
from pages.state.restrictions import LOCKABLE_PARTS, differing_parts
from pages.state.visit import Visit
from pages.widgets.settings.reshape import reshape_network


def show_presets(visit: Visit) -> None:
    """The choice of a preset, with its story, and the two buttons."""
    restrictions, ready = visit.link.restrictions, PRESETS.get(visit.draft.preset)
    parts = (differing_parts(visit.run.wanted, ready) if ready else ()) or LOCKABLE_PARTS
    kept = restrictions.refusal(*parts)
    stuck = kept is not None and restrictions.fixed_parts.issuperset(parts)
    line = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    titles = table_titles(visit)
    chosen = visit.draft.own_table or visit.draft.preset
    line.selectbox(
        "Table",
        titles,
        [*titles].index(chosen),
        format_func=lambda table: titles[table],
        disabled="table" in restrictions.fixed_parts,
        help=restrictions.refusal("table")
        or "Ready tables, each with a network that learns it, or visibly cannot; and those that you made.",
        **bind("preset", chosen, lambda table: open_table(visit, table), titles),
    )
    line.button(
        "Reset",
        on_click=lambda: load_preset(visit, visit.draft.preset),
        disabled=stuck or ready is None,
        help="This table is none of the ready ones: there is nothing to go back to."
        if ready is None
        else f"{'' if stuck else 'Table and settings as the preset has them, the seed included. '}{kept or ''}",
    )
    line.button(
        "New seed",
        on_click=lambda: reshape_network(visit, seed=secrets.randbelow(10_000)),
        disabled="more" in restrictions.fixed_parts,
        help=restrictions.refusal("more")
        or f"Other start weights, everything else as it is. The seed now is {visit.run.wanted.seed}.",
    )
    st.caption(f"{story(visit, kept is None)} Seed {visit.run.wanted.seed}.")


def table_titles(visit: Visit) -> dict[int | str, str]:
    """The tables to choose from, with their titles: the visitor's own by number, last changed first, then presets."""
    own = reversed(visit.own_tables.labels().items())
    return dict(own) | {name: STORIES[name][0] for name in PRESETS}


def open_table(visit: Visit, table: int | str) -> None:
    """Open one of these tables."""
    if isinstance(table, int):
        visit.open_own_table(table)
    else:
        load_preset(visit, table)


def story(visit: Visit, resets: bool) -> str:
    """Where the experiment comes from; if it `resets`, with a mention of Reset."""
    if not visit.draft.preset:
        return "Your table, none of the ready ones."
    name, about = STORIES[visit.draft.preset]
    if replace(PRESETS[visit.draft.preset], seed=visit.run.wanted.seed) == visit.run.wanted:
        return about
    return f"Changed from “{name}”; Reset brings it back." if resets else f"From “{name}”."


def load_preset(visit: Visit, name: str) -> None:
    """Load a preset."""
    if name:
        visit.load(PRESETS[name], name)
