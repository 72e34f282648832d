"""The run: what is wanted, what has been trained, and the training under way."""

from dataclasses import dataclass

from engine import Experiment, History, Recorder


@dataclass(slots=True)
class Run:
    """The run on the visitor's page; the one that is wanted may still have to be trained."""

    wanted: Experiment  # what the page shows, or offers to train
    history: History | None = None  # the last run there was something to show of
    is_requested: bool = False  # from a press of Train until the run is done
    recorder: Recorder | None = None  # a long training under way
    plays: int = 0  # how many runs the player was told to play from the start

    @property
    def is_shown(self) -> bool:
        """Whether the run on the page is the one that is wanted."""
        if self.history is None or self.history.experiment != self.wanted:
            return False
        return len(self.history.epochs) > 1 or self.history.diverged_at is not None

    @property
    def is_finished(self) -> bool:
        """Whether it is also trained to its end, and was not stopped before."""
        history = self.history
        if history is None or not self.is_shown:
            return False
        return bool(history.epochs[-1] == self.wanted.epochs) or history.diverged_at is not None

    def request(self) -> None:
        """Train was pressed."""
        self.is_requested = True

    def forget_request(self) -> None:
        """Nothing is to be trained any more, and a training under way is let go."""
        self.is_requested, self.recorder = False, None

    def begin(self) -> Recorder:
        """The training of what is wanted: the one under way, or a new one that has looked at epoch 0.

        So whatever interrupts it from here on finds something to show.
        """
        if self.recorder is None:
            self.recorder = begin_training(self.wanted)
        return self.recorder


def begin_training(experiment: Experiment) -> Recorder:
    """A training that has looked at epoch 0."""
    recorder = Recorder(experiment)
    next(iter(recorder))
    return recorder
