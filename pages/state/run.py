"""The run: the experiment wanted, the last history, and a training in progress."""

from dataclasses import dataclass

from engine import Experiment, History, Recorder
from pages.reading.bad_cells import BadCell
from pages.reading.differences import have_comparable_tables


@dataclass(slots=True)
class Run:
    """The run on the page; the wanted experiment may still have to be trained."""

    wanted: Experiment  # the experiment that the page shows, or offers to train
    history: History | None = None  # the last one with something to show
    before: History | None = None  # the one that it replaced, of another experiment on much the same table
    is_requested: bool = False  # from a press of Train until the run is finished
    recorder: Recorder | None = None  # a long training in progress
    first_history: History | None = None  # the first one of that training
    progress_words: str = ""  # what was last said about its progress
    refusal: str = ""  # why the draft makes no experiment; "" where it makes one
    bad_cells: tuple[BadCell, ...] = ()  # the cells in the way, where it makes none
    plays: int = 0  # how often the player was told to play from the start

    @property
    def is_shown(self) -> bool:
        """Whether the page shows a run of the wanted experiment, trained beyond epoch 0."""
        if self.history is None or self.history.experiment != self.wanted:
            return False
        return len(self.history.epochs) > 1 or self.history.diverged_at is not None

    @property
    def is_finished(self) -> bool:
        """Whether that run was also trained to its end, not stopped early."""
        history = self.history
        if history is None or not self.is_shown:
            return False
        return history.is_finished

    @property
    def mounted_history(self) -> History | None:
        """The history that charts are mounted with: during a training its first one, and the player redraws them."""
        return self.first_history if self.is_requested else self.history

    @property
    def is_refused(self) -> bool:
        """Whether what is typed cannot be trained, so that the page shows what was there before."""
        return bool(self.refusal)

    def refuse(self, refusal: str, cells: tuple[BadCell, ...]) -> None:
        """Take down why what is typed cannot be trained, and which cells are in the way."""
        self.refusal, self.bad_cells = refusal, cells

    def accept(self) -> None:
        """What is typed can be trained."""
        self.refusal, self.bad_cells = "", ()

    def replace_history(self, history: History) -> None:
        """Show this history; one of another experiment that was trained becomes the one before, if they compare."""
        old = self.history
        if old is not None and old.experiment != history.experiment and len(old.epochs) > 1:
            self.before = old if have_comparable_tables(old.experiment, history.experiment) else None
        self.history = history

    def request(self) -> None:
        """Train was pressed."""
        self.is_requested = True

    def forget_request(self) -> None:
        """Drop the request, and a training in progress."""
        self.is_requested, self.recorder, self.first_history, self.progress_words = False, None, None, ""

    def begin(self) -> Recorder:
        """The recorder of the wanted experiment: the one in progress, or a new one that has recorded epoch 0.

        So there is something to show, whatever interrupts it from here on.
        """
        if self.recorder is None:
            self.recorder = begin_training(self.wanted)
            self.first_history = self.recorder.history()
        return self.recorder


def begin_training(experiment: Experiment) -> Recorder:
    """A recorder that has recorded epoch 0."""
    recorder = Recorder(experiment)
    next(iter(recorder))
    return recorder
