"""Each optimizer's first updates, computed by hand."""

import numpy as np
import pytest

from engine import OPTIMIZERS, Experiment, train

GRADIENTS = (2.0, -1.0, 4.0)
RATE = 0.1

# sgd, change -0.1 g:             -0.2; then +0.1; then -0.4
# momentum, v = 0.9 v + g:        v = 2; 1.8 - 1 = 0.8; 0.72 + 4 = 4.72; each times -0.1
# rmsprop, s = 0.99 s + 0.01 g^2: s = 0.04; 0.0396 + 0.01 = 0.0496; 0.049104 + 0.16 = 0.209104
#   -0.1 g / (sqrt s + 1e-8):     -0.2 / 0.20000001; 0.1 / 0.22271058; -0.4 / 0.45727891
# adam, m = 0.9 m + 0.1 g:        m = 0.2; 0.18 - 0.1 = 0.08; 0.072 + 0.4 = 0.472
#   m' = m / (1 - 0.9^k):         0.2 / 0.1 = 2; 0.08 / 0.19 = 0.42105263; 0.472 / 0.271 = 1.74169742
#   s = 0.999 s + 0.001 g^2:      s = 0.004; 0.003996 + 0.001 = 0.004996; 0.004991004 + 0.016 = 0.020991004
#   s' = s / (1 - 0.999^k):       4; 0.004996 / 0.001999 = 2.49924962; 0.020991004 / 0.002997001 = 7.00400300
#   -0.1 m' / (sqrt s' + 1e-8):   -0.2 / 2; -0.042105263 / 1.58090152; -0.174169742 / 2.64650770
BY_HAND = {
    "sgd": (-0.2, 0.1, -0.4),
    "momentum": (-0.2, -0.08, -0.472),
    "rmsprop": (-0.2 / 0.20000001, 0.1 / 0.22271058, -0.4 / 0.45727891),
    "adam": (-0.1, -0.042105263 / 1.58090152, -0.174169742 / 2.64650770),
}


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_steps_by_hand(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    memory = optimizer.initial_memory(1)
    assert memory.shape == (optimizer.slots, 1)
    for k, (gradient, expected) in enumerate(zip(GRADIENTS, BY_HAND[name], strict=True), 1):
        change, memory = optimizer.step(np.array([gradient]), memory, RATE, k)
        assert memory.shape == (optimizer.slots, 1)
        assert change[0] == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_training_takes_those_steps(name: str) -> None:
    # One weight, linear, input 1: the gradient is w - y. Batches of one row with the targets w - g give the gradients.
    changes, weight, rows = BY_HAND[name], 5.0, []
    for gradient, change in zip(GRADIENTS, changes, strict=True):
        rows.append((weight - gradient,))
        weight += change
    e = Experiment(
        inputs=((1,), (1,), (1,)),
        targets=tuple(rows),
        activations=("linear",),
        optimizer=name,
        learning_rate=RATE,
        batch_size=1,
        initial_weights=(((5.0,),),),
        epochs=1,
    )
    (step,) = train(e, (1,))
    assert step.weights[0].item() == pytest.approx(5.0 + sum(changes), rel=1e-7)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_penalties_never_touch_biases(name: str) -> None:
    # The network starts at its target with all inputs 0, so the loss pulls at nothing: only penalties could move it.
    e = Experiment(
        inputs=((0,),),
        targets=((3,),),
        activations=("linear",),
        optimizer=name,
        learning_rate=0.1,
        l1=0.5,
        l2=0.5,
        bias=True,
        initial_weights=(((2.0,),),),
        initial_biases=((3.0,),),
        epochs=2,
    )
    (step,) = train(e, (2,))
    assert step.biases[0].tolist() == [3.0]
    assert step.weights[0].item() < 2.0


def test_penalties_by_hand() -> None:
    # gradient 0.5 * 2 + 0.25 * sign 2 = 1.25; 2 - 0.1 * 1.25 = 1.875
    e = Experiment(
        inputs=((0,),),
        targets=((0,),),
        activations=("linear",),
        learning_rate=0.1,
        l1=0.25,
        l2=0.5,
        initial_weights=(((2.0,),),),
        epochs=1,
    )
    (step,) = train(e, (1,))
    assert step.weights[0].item() == 1.875
