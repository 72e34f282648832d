"""The view: the epoch, row, weight and axis at which a visitor looks at the run."""

from dataclasses import dataclass, field

from engine import History
from engine.model.weight_index import WeightIndex
from engine.training.milestones import steepest_drop


@dataclass(frozen=True, slots=True)
class AnswerSpaceChoice:
    """What the answer in space is drawn over and of; None for the first that there is."""

    across: int | None = None  # an input
    up: int | None = None  # another one
    target: int = 0


@dataclass(slots=True)
class View:
    """What is chosen to look at; none of it changes a number of the run."""

    cursor: int | None = None  # an epoch; None is the last one
    moves: int = 0  # how often the page moved the cursor: the player follows each move once
    row: int = 0  # the row that the drawings show
    weight: WeightIndex = field(default_factory=WeightIndex)
    has_log_axis: bool = True  # whether the epoch axis is logarithmic
    has_large_loss: bool = False  # whether the loss beside the canvases is a chart like the others, or a narrow strip
    has_gradients: bool = False  # whether the drawing's lines are coloured by gradient
    answer_space: AnswerSpaceChoice | None = None  # of the answer in space, where it is drawn
    shows_locks: bool = False  # whether the tables to freeze weights with are open
    batch: int = 0  # which batch of an epoch Step by step shows
    layer: int = 0  # which layer Activations shows
    steps_shown: int | None = None  # the steps that slow motion shows; None is all
    steps_since: float = 0.0  # when it came to them, in seconds of time.monotonic
    verified: object = None  # the update whose verification is on the page

    def reset(self) -> None:
        """Go to the end of a new run, its first row and its first weight."""
        self.row, self.weight, self.batch, self.steps_shown = 0, WeightIndex(), 0, None
        self.move(None)

    def move(self, cursor: int | None) -> None:
        """Send the player to an epoch; None is the last one."""
        self.follow(cursor)
        self.moves += 1

    def follow(self, cursor: int | None) -> None:
        """Set the cursor to where the player already is."""
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
        """Make the epoch axis logarithmic or linear."""
        self.has_log_axis = is_log

    def show_locks(self, shows: bool) -> None:
        """Open or close the tables to freeze weights with."""
        self.shows_locks = shows

    def set_large_loss(self, is_large: bool) -> None:
        """Make the loss beside the canvases large or a strip."""
        self.has_large_loss = is_large

    def color_by_gradient(self, on: bool) -> None:
        """Colour the drawing's lines by gradient, or by the weight's sign."""
        self.has_gradients = on

    def draw_answer_in_space(self, choice: AnswerSpaceChoice | None) -> None:
        """Draw the answer in space, or no longer."""
        self.answer_space = choice

    def show_steps(self, count: int | None, now: float) -> None:
        """Show the first `count` steps; None is all."""
        self.steps_shown, self.steps_since = count, now

    def verify(self, update: object) -> None:
        """Ask for this update to be verified."""
        self.verified = update

    def row_of(self, history: History) -> int:
        """The chosen row, or the last one if the run has fewer."""
        return min(self.row, len(history.experiment.inputs) - 1)

    def layer_of(self, history: History) -> int:
        """The chosen layer, or the last one if the network has fewer."""
        return min(self.layer, len(history.weights) - 1)

    def epoch_of(self, history: History) -> int:
        """The cursor's epoch, kept or not."""
        last = int(history.epochs[-1])
        return last if self.cursor is None else min(self.cursor, last)

    def update_epoch_of(self, history: History) -> int:
        """The epoch whose update Step by step shows: the cursor's or, where none was chosen, where most happens.

        At the end of a training hardly anything does: most happens where the loss begins its steepest drop.
        """
        if self.cursor is not None:
            return self.epoch_of(history)
        drop = steepest_drop(history)
        return drop[0] if drop else 0

    def batch_of(self, history: History) -> int:
        """The chosen batch, or the last one if an epoch has fewer."""
        return min(self.batch, history.experiment.batches - 1)
