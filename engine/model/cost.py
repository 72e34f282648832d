"""How long a training should take, from the prices of NumPy's calls and of the arithmetic within them.

The prices were measured on one core with one BLAS thread (tests/benchmarks/engine_speed.py). They decide what is
trained at once, what waits for Train and what is refused, so they need be right within a factor of two. This stands
in `model` and not in `training` because an `Experiment` that would train too long is refused as it is made.
"""

from collections.abc import Sequence

from engine.model.activations import ACTIVATIONS
from engine.model.losses import LOSSES
from engine.model.optimizers import OPTIMIZERS

CALL_MICROSECONDS = 0.35
PRODUCT_MICROSECONDS = 0.0006
"""One multiplication and addition of a matrix product, forward and back."""

CELL_MICROSECONDS = 0.006
"""Everything else that is done for one neuron and one row."""

FUSED_SHARE = 0.3
"""What an activation costs where the loss cancels its slope, so that it only goes forward."""


def predicted_seconds(
    *,
    shapes: Sequence[tuple[int, int]],
    activations: Sequence[str],
    loss: str,
    optimizer: str,
    batch: int,
    updates: int,
) -> float:
    """How long this many updates should take, each over a batch of this many rows.

    `shapes` is (fan_in, fan_out) a layer, `activations` one name a layer.
    """
    calls = 5 + 8 * len(shapes) + OPTIMIZERS[optimizer].cost
    products = batch * sum(fan_in * fan_out for fan_in, fan_out in shapes)
    cells = batch * sum(fan_out for _, fan_out in shapes)
    microseconds = CALL_MICROSECONDS * calls + PRODUCT_MICROSECONDS * products + CELL_MICROSECONDS * cells
    for name, (_, fan_out) in zip(activations, shapes, strict=True):
        more_calls, more_microseconds = ACTIVATIONS[name].cost
        share = FUSED_SHARE if name == LOSSES[loss].fused_activation else 1.0
        microseconds += share * (CALL_MICROSECONDS * more_calls + more_microseconds * batch * fan_out)
    return updates * microseconds * 1e-6
