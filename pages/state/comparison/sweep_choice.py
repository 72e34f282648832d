"""What a visitor chose for a sweep: the settings on its axes with their values, and the seeds behind each cell."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import streamlit as st

from engine import Experiment, ExperimentError
from engine.comparison.sweep import Axis
from pages.reading.swept_settings import SWEPT, Choice
from pages.state.comparison.sweep_results import SweepResult

SEED_COUNTS = (1, 4, 16, 64, 256)

Measure: TypeAlias = Literal["learned", "loss", "epochs"]


@dataclass(slots=True)
class AxisChoice:
    """The setting on one axis, and which values of it to try."""

    setting: str = ""  # a key of SWEPT; "" for none
    low: Any = 0.0  # the ends of the range of numbers; what was typed where that is no number
    high: Any = 0.0
    count: int = 7  # how many numbers
    names: tuple[Choice, ...] = ()  # the chosen options, where values are no numbers

    def choose(self, setting: str, experiment: Experiment) -> None:
        """Put a setting on the axis, with the values that are offered first: of options, those that an experiment can
        have; "" for none."""
        self.setting = setting
        if setting:
            swept = SWEPT[setting]
            self.low, self.high = swept.span
            self.count, self.names = swept.count, swept.fitting_options(experiment)

    def set_range(self, **ends: object) -> None:
        """Set `low`, `high` or `count`."""
        self.low, self.high = ends.get("low", self.low), ends.get("high", self.high)
        count = ends.get("count", self.count)
        self.count = count if isinstance(count, int) else self.count

    def choose_names(self, names: tuple[Choice, ...]) -> None:
        """Choose among the options."""
        self.names = names

    def choices(self, experiment: Experiment) -> tuple[Choice, ...]:
        """The numbers or names to try, none that would make the same experiment as one before it.

        Raises ExperimentError where the range is none.
        """
        swept = SWEPT[self.setting]
        choices = self.names if swept.options else swept.numbers(self.low, self.high, self.count)
        kept: dict[object, Choice] = {}
        for choice in choices:
            kept.setdefault(swept.value(experiment, choice), choice)
        return tuple(kept.values())

    def axis(self, experiment: Experiment) -> Axis:
        """The axis for an experiment; ExperimentError where the range is none."""
        swept = SWEPT[self.setting]
        return Axis(swept.field, tuple(swept.value(experiment, choice) for choice in self.choices(experiment)))


def first_axes() -> tuple[AxisChoice, AxisChoice]:
    across, up = AxisChoice(), AxisChoice()
    across.choose("rate", Experiment())
    return across, up


@dataclass(slots=True)
class SweepChoice:
    """What is chosen, what came of it, and why it could not be started."""

    axes: tuple[AxisChoice, AxisChoice] = field(default_factory=first_axes)  # across and up
    seeds: int = 16
    measure: Measure = "learned"  # what the map shows
    result: SweepResult | None = None  # of the last sweep, in training or not
    cell: tuple[int, ...] | None = None  # the one that was opened
    fan: SweepResult | None = None  # its seeds
    refusal: str = ""  # why Start did not start

    def choose_seeds(self, count: int) -> None:
        """Choose how many seeds are behind each cell."""
        self.seeds = count

    def choose_measure(self, measure: Measure) -> None:
        """Choose what the map shows."""
        self.measure = measure

    def start(self, experiment: Experiment) -> None:
        """Start the sweep of an experiment in place of the last one; `refusal` says why where that cannot be."""
        self.stop()
        chosen = [axis for axis in self.axes if axis.setting]
        try:
            axes = [axis.axis(experiment) for axis in chosen]
            names = tuple(SWEPT[axis.setting].label for axis in chosen)
            texts = tuple(tuple(map(SWEPT[axis.setting].text, axis.choices(experiment))) for axis in chosen)
            seeds = range(self.seeds) if self.seeds > 1 else (experiment.seed,)
            self.result = SweepResult.submit(experiment, axes, seeds, names, texts)
        except ExperimentError as error:
            self.refusal = str(error)
        else:
            self.refusal, self.cell, self.fan = "", None, None

    def stop(self) -> None:
        """Stop what is in training, and keep what is done; called outside the page lock."""
        for result in (self.result, self.fan):
            if result:
                result.stop()

    def open_cell(self, cell: tuple[int, ...]) -> None:
        """Open a cell: train the fan of its seeds, all of whose runs are kept."""
        if self.result and self.cell != cell:
            self.cell, self.fan = cell, SweepResult.submit(self.result.experiment_of(cell), (), self.result.seeds)

    def update(self) -> None:
        """Ask the server how far all of it is."""
        for result in (self.result, self.fan):
            if result:
                result.update()

    @property
    def is_training(self) -> bool:
        """Whether something is still to come."""
        return any(result is not None and not result.has_ended for result in (self.result, self.fan))


def current_sweep() -> SweepChoice:
    """The visitor's sweep."""
    if "sweep" not in st.session_state:
        st.session_state.sweep = SweepChoice()
    choice: SweepChoice = st.session_state.sweep
    return choice
