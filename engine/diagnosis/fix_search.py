"""A remedy is the same experiment with as little changed as makes it learn, found by trying.

Trying is bounded: every training is charged with its predicted time, one that costs too much is cut short, and in the
end the clock counts, for a prediction can be wrong.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TypeAlias

from engine.diagnosis.candidates import Changes, apply_changes
from engine.diagnosis.finding import Finding, Remedy, make_finding
from engine.model.experiment import Experiment
from engine.model.network import forward, loss_over_rows
from engine.model.outcome import GOOD_R_SQUARED, closeness, has_learned
from engine.model.types import Array
from engine.training.recorder import has_only_finite
from engine.training.train import train

Judge: TypeAlias = Callable[[Experiment, Array], bool]
"""Whether an experiment has learned, from its outputs in the table's own units, (samples, targets)."""

CELL_SECONDS = 2e-6
"""What it costs to make an experiment, for every cell of its table: each is checked."""

SETTLED_SHARE = 1e-9
"""A run has settled when its loss changes by no more than this share of it in a tenth of the epochs."""


@dataclass(slots=True)
class FixSearch:
    """Seconds left for trying, at most `longest` for one training, and the closeness from which it is clearly closer.

    A training that takes longer is cut short, or left out where `cuts` is false. The seconds are predicted ones, so
    that the same is found on a busy machine; `until`, a time of `monotonic`, ends it all where they were wrong.
    What the `veto` finds to be learned by heart only serves where nothing else helps; to ask it costs a training.
    """

    seconds: float
    longest_training: float = 0.1
    shortens: bool = True
    wanted_closeness: float = 0.5
    deadline: float = math.inf
    overfits: Callable[[Experiment], bool] | None = None

    def finding(self, experiment: Experiment, key: str, title: str, words: str, tries: Iterable[Changes]) -> Finding:
        """A finding with the first remedy that learns or, if there is none, gets clearly closer."""
        return make_finding(experiment, key, title, words, self.remedy(experiment, tries))

    def remedy(self, experiment: Experiment, tries: Iterable[Changes], judge: Judge | None = None) -> Remedy | None:
        """The first of the changes with which the experiment learns; else the one that gets clearly closest, or None.

        What counts as learning is `learned`, as for any run, or what the judge says of an experiment and its last
        outputs; then nothing else will do.
        """
        judged, tried = judge or self._learns, set[Experiment]()
        closest, spare, best = None, None, self.wanted_closeness
        for changes in tries:
            if self.is_over(experiment):
                break
            candidate = self.candidate(experiment, changes)
            if candidate is None or candidate in tried:
                continue
            tried.add(candidate)
            outputs = self._last_outputs(candidate, judged)
            if outputs is None:
                continue
            learns = judged(candidate, outputs)
            reached = -math.inf if judge else closeness(candidate, outputs)
            if not learns and not (reached > best if closest else reached >= best):
                continue
            if self.overfits and candidate.test_rows:
                self.seconds -= candidate.predicted_seconds
                if self.overfits(candidate):
                    spare = spare or (candidate if not judge else None)
                    continue
            if learns:
                return Remedy(candidate)
            closest, best = candidate, reached
        if closest:
            return Remedy(closest, learns=False)
        return Remedy(spare, learns=False, overfits=True) if spare else None

    def _learns(self, e: Experiment, outputs: Array) -> bool:
        """What is asked of any run, and of a run that was that good already, to be clearly better."""
        return has_learned(e, outputs, max(self.wanted_closeness, GOOD_R_SQUARED))

    def is_over(self, experiment: Experiment) -> bool:
        """Whether there is no time left even to make a changed experiment."""
        return self.seconds < construction_seconds(experiment) or monotonic() > self.deadline

    def candidate(self, experiment: Experiment, changes: Changes) -> Experiment | None:
        """The experiment with the changes, if need be cut short; None where there is none such."""
        self.seconds -= construction_seconds(experiment)
        e = apply_changes(experiment, changes)
        if e is None:
            return None
        if e.predicted_seconds > self.longest_training and self.shortens and not e.earlier_tables:
            self.seconds -= construction_seconds(e)
            e = replace(e, epochs=max(1, int(e.epochs * self.longest_training / e.predicted_seconds)))
        return None if e == experiment or e.predicted_seconds > self.seconds else e

    def _last_outputs(self, e: Experiment, judge: Judge) -> Array | None:
        """The last outputs, if the training loss ends no higher than it began, or began on another table.

        Runs whose numbers grow past all bounds are left early, and those that settled where the judge is not content;
        all runs when time is up.
        """
        inputs, targets, done, losses = e.input_array, e.target_array, 0, list[float]()
        for state in train(e, sorted({e.epochs // 100, *(e.epochs * tenths // 10 for tenths in range(11))})):
            self.seconds -= e.predicted_seconds * (state.epoch - done) / e.epochs
            done = state.epoch
            forward_pass = forward(e, state.weights, state.biases, inputs)
            losses.append(loss_over_rows(e, forward_pass, targets, e.train_rows))
            test_loss = loss_over_rows(e, forward_pass, targets, e.test_rows) if e.test_rows else 0.0
            arrays = (*state.weights, *state.biases, forward_pass.outputs[-1])
            if not math.isfinite(losses[-1] + test_loss) or not all(map(has_only_finite, arrays)):
                return None
            if monotonic() > self.deadline:
                return None
            outputs = e.unscale_outputs(forward_pass.outputs[-1])
            has_settled = done > e.table_start and abs(losses[-2] - losses[-1]) <= SETTLED_SHARE * losses[-1]
            if has_settled and not judge(e, outputs):
                break
        if e.earlier_tables:
            return outputs
        # outputs without bounds can be on the right side of the middle, and ever farther away
        return outputs if losses[-1] <= losses[0] else None


def construction_seconds(experiment: Experiment) -> float:
    """The seconds it takes to make an experiment with this table."""
    return CELL_SECONDS * len(experiment.inputs) * (len(experiment.inputs[0]) + len(experiment.targets[0]))
