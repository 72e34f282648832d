"""What came of a sweep, kept for the visitor when the server no longer has it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine import Experiment, Runs
from engine.comparison.sweep import Axis, SweepCells, fold
from pages.server.sweep_store import SWEEPS, SweepHandle, SweepState

ENDED: tuple[SweepState, ...] = ("complete", "stopped", "lost")

MOST_KEPT = 256
"""Of so many networks the runs are kept, which take 1.3 kB each; of more only the cells."""


@dataclass(slots=True, eq=False)
class SweepResult:
    """A sweep of one visitor: how far it is, and what came of it. Without axes it is a fan of seeds."""

    experiment: Experiment  # the one that was submitted
    handle: SweepHandle
    names: tuple[str, ...] = ()  # of the settings on its axes
    texts: tuple[tuple[str, ...], ...] = ()  # the values of each
    state: SweepState = "waiting"
    share: float = 0.0  # of the work, 0 to 1
    seconds_left: float | None = None
    cells: SweepCells | None = None  # None before the first report
    runs: Runs | None = field(default=None, repr=False)  # None where there are too many to keep, or none yet
    parts: int = 0  # how many reports have been folded

    @classmethod
    def submit(
        cls,
        experiment: Experiment,
        axes: Sequence[Axis],
        seeds: Sequence[int],
        names: tuple[str, ...] = (),
        texts: tuple[tuple[str, ...], ...] = (),
    ) -> "SweepResult":
        """Submit a sweep to the server; ExperimentError where it cannot be."""
        result = cls(experiment, SWEEPS.submit(experiment, axes, seeds), names, texts)
        result.update()
        return result

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ENDED

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds behind each cell."""
        return self.handle.sweep.seeds

    @property
    def networks(self) -> int:
        """How many networks it trains."""
        return len(self.handle.sweep.experiments)

    def update(self) -> None:
        """Ask the server how far it is, and keep what came of it; called in every run of the page."""
        if self.has_ended:
            return
        progress = self.handle.progress()
        if progress.runs is not None and progress.runs is not self.runs:
            self.cells, self.parts = fold(self.handle.sweep, progress.runs), self.parts + 1
            self.runs = progress.runs if self.networks <= MOST_KEPT else None
        self.state, self.share, self.seconds_left = progress.state, progress.share, progress.seconds_left

    def stop(self) -> None:
        """Stop it, and keep what is done. Waits for the last report, a tenth of a second."""
        if not self.has_ended:
            self.handle.stop()
            self.update()

    def experiment_of(self, cell: tuple[int, ...]) -> Experiment:
        """The experiment of a cell, with the first of its seeds."""
        sweep = self.handle.sweep
        return sweep.experiments[sweep.networks_in(*cell)][0]

    def cell_words(self, cell: tuple[int, ...]) -> str:
        """The settings of a cell: "Learning rate 0.1, L2 penalty 0"."""
        parts = zip(self.names, self.texts, cell, strict=True)
        return ", ".join(f"{name} {texts[index]}" for name, texts, index in parts)
