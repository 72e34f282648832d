"""The fan of the experiment on the page: the same from 256 seeds, its own among them."""

from dataclasses import dataclass

import streamlit as st

from engine import Experiment, ExperimentError
from pages.state.comparison.sweep_results import MOST_KEPT, SweepResult


@dataclass(slots=True)
class SeedFan:
    """The fan that was asked for last."""

    result: SweepResult | None = None
    refused: Experiment | None = None  # the experiment that could not be submitted
    refusal: str = ""  # and why

    def want(self, experiment: Experiment) -> None:
        """Submit the fan of an experiment, unless it was the last one; called within a page that lends its turn."""
        if experiment == self.refused or (self.result and self.result.experiment == experiment):
            return
        if self.result:
            self.result.stop()
        try:
            self.result, self.refused = SweepResult.submit(experiment, (), fan_seeds(experiment)), None
        except ExperimentError as error:
            self.result, self.refused, self.refusal = None, experiment, str(error)


def fan_seeds(experiment: Experiment) -> tuple[int, ...]:
    """256 seeds, that of the experiment first, then 0, 1, 2, ...

    >>> fan_seeds(Experiment(seed=1))[:4]
    (1, 0, 2, 3)
    """
    others = (seed for seed in range(MOST_KEPT) if seed != experiment.seed)
    return (experiment.seed, *others)[:MOST_KEPT]


def current_fan() -> SeedFan:
    """The visitor's fan."""
    if "seed_fan" not in st.session_state:
        st.session_state.seed_fan = SeedFan()
    fan: SeedFan = st.session_state.seed_fan
    return fan
