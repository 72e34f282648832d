"""The runs that are compared, under a time cursor of their own: that of the longest of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from engine import Experiment, History
from pages.state.visit import Visit


@dataclass(slots=True)
class RunComparison:
    """How a visitor looks at the compared runs."""

    visit: Visit  # of its own, whose run is the longest of them

    def show(self, histories: Sequence[History], visit: Visit) -> None:
        """Give the player the longest run. The projector is that of the visitor's own visit."""
        longest = max(histories, key=lambda history: int(history.epochs[-1]))
        self.visit.want(longest.experiment)
        self.visit.show_run(longest)
        self.visit.use_projector(visit.projector)


def current_comparison() -> RunComparison:
    """The visitor's comparison."""
    if "run_comparison" not in st.session_state:
        st.session_state.run_comparison = RunComparison(Visit.from_experiment(Experiment()))
    comparison: RunComparison = st.session_state.run_comparison
    return comparison
