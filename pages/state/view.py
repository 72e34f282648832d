"""The view: at which epoch, row, weight and axis a visitor looks at the run."""

from dataclasses import dataclass, field

from engine import History
from engine.model.weight_index import WeightIndex


@dataclass(slots=True)
class View:
    """What is chosen on the page; it changes no number of the run."""

    cursor: int | None = None  # an epoch, None for the end
    moves: int = 0  # how often the page itself moved the cursor: the player follows each of them once
    row: int = 0  # the row that the drawings look at
    weight: WeightIndex = field(default_factory=WeightIndex)
    has_log_axis: bool = True  # whether the axis of epochs is logarithmic
    batch: int = 0  # which batch of an epoch Step by step shows
    layer: int = 0  # which layer Activations shows
    steps_shown: int | None = None  # how far slow motion has come, None for all steps
    steps_since: float = 0.0  # when it came there, in seconds of the monotonic clock
    verified: object = None  # the update that was to be verified

    def reset(self) -> None:
        """Look at a new run: at its end, at the first row and weight."""
        self.row, self.weight, self.batch, self.steps_shown = 0, WeightIndex(), 0, None
        self.move(None)

    def move(self, cursor: int | None) -> None:
        """Send the player to an epoch, None for the end."""
        self.follow(cursor)
        self.moves += 1

    def follow(self, cursor: int | None) -> None:
        """Take the epoch that the player is at already."""
        self.cursor = cursor

    def choose_row(self, row: int) -> None:
        """Look at a row of the table, counted from 0."""
        self.row = row

    def choose_weight(self, weight: WeightIndex) -> None:
        """Look at a weight."""
        self.weight = weight

    def choose_batch(self, batch: int) -> None:
        """Look at a batch of an epoch, counted from 0."""
        self.batch = batch

    def choose_layer(self, layer: int) -> None:
        """Look at a layer, counted from 0."""
        self.layer = layer

    def set_log_axis(self, is_log: bool) -> None:
        """Draw the epochs on a logarithmic axis, or on a linear one."""
        self.has_log_axis = is_log

    def show_steps(self, count: int | None, now: float) -> None:
        """Show so many steps from now on, None for all."""
        self.steps_shown, self.steps_since = count, now

    def verify(self, update: object) -> None:
        """Ask for the numbers of this update to be verified."""
        self.verified = update

    def row_of(self, history: History) -> int:
        """The chosen row, or the last one of a run that has not so many."""
        return min(self.row, len(history.experiment.inputs) - 1)

    def layer_of(self, history: History) -> int:
        """The chosen layer, or the last one of a network that has not so many."""
        return min(self.layer, len(history.weights) - 1)

    def epoch_of(self, history: History) -> int:
        """The cursor's epoch, which need not be one that was kept."""
        last = int(history.epochs[-1])
        return last if self.cursor is None else min(self.cursor, last)

    def batch_of(self, history: History) -> int:
        """The chosen batch, or the last one where there are not so many."""
        return min(self.batch, history.experiment.batches - 1)
