"""The diagnosis: findings on why the network cannot learn this, each with a button that applies its remedy."""

from contextlib import suppress
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import Experiment, ExperimentError, History
from engine.diagnosis.diagnosis import Finding, diagnose_experiment, diagnose_run
from pages.server.cache_key import HASH_BY_TEXT
from pages.state.restrictions import differing_parts
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown

MOST_FINDINGS = 3
"""Findings shown, the most important first."""


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=HASH_BY_TEXT)
def cached_findings(experiment: Experiment, ended: object, _history: History | None) -> tuple[Finding, ...]:
    """The findings on an experiment, or on a run of it if there is one; `ended` tells runs apart in the cache."""
    return diagnose_experiment(experiment) if _history is None else diagnose_run(_history)


def show_diagnosis(visit: Visit, place: DeltaGenerator) -> None:
    """Show the findings on the draft, or on its run; nothing if the draft is no valid experiment."""
    with suppress(ExperimentError):
        experiment = visit.draft.experiment()
        has_ended = visit.run.is_shown and not visit.run.is_requested
        history = visit.run.history if has_ended and experiment == visit.run.wanted else None
        ended = (int(history.epochs[-1]), history.diverged_at) if history else None
        for number, finding in enumerate(cached_findings(experiment, ended, history)[:MOST_FINDINGS]):
            with place.container(border=True, gap="small"):
                st.markdown(f":material/lightbulb: **{escape_markdown(finding.title)}**")
                st.markdown(escape_markdown(finding.words))
                if finding.remedy is not None:
                    locked = visit.link.restrictions.refusal(*differing_parts(experiment, finding.remedy))
                    st.button(
                        escape_markdown(finding.remedy_label),
                        key=f"remedy {number}",
                        disabled=locked is not None,
                        help=locked,
                        on_click=partial(apply_remedy, visit, experiment, finding.remedy),
                    )


def apply_remedy(visit: Visit, ill: Experiment, remedy: Experiment) -> None:
    """Load the remedy, train it and play the run, unless the table has changed since the button was drawn."""
    with suppress(ExperimentError):
        if visit.draft.experiment() == ill:
            visit.load(remedy)
            visit.run.request()
