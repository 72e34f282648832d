"""The ways to train many networks of one shape that the benchmark holds against each other, from the same weights."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine import Experiment, record_many
from engine.model.types import Array
from engine.stacks.stacked_training import StackedTraining
from tests.benchmarks.contenders import Job, start

SAMPLE = 8
"""Networks that are trained where it goes one at a time; the time for all is that many times as long."""

TORCH_EPOCHS = 200


@dataclass(frozen=True, slots=True)
class Contender:
    """One way: `run` does this share of the work, and gives the final weights of the first networks, or []."""

    label: str
    run: Callable[[], list[Array]]
    share: float = 1.0


def one_at_a_time(label: str, experiments: Sequence[Experiment], job: Callable[[Experiment], Job]) -> Contender:
    jobs = [job(e) for e in experiments[:SAMPLE]]
    return Contender(label, lambda: [flat(run()) for run in jobs], SAMPLE / len(experiments))


def flat(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays, axis=None)


def stack(experiments: Sequence[Experiment]) -> Contender:
    """Ours without a history."""

    def run() -> list[Array]:
        training = StackedTraining(experiments)
        training.advance(experiments[0].epochs)
        return list(training.values()[:SAMPLE])

    return Contender("stacked training, nothing kept", run)


def many(experiments: Sequence[Experiment]) -> Contender:
    def run() -> list[Array]:
        record_many(experiments)
        return []

    return Contender("record_many", run)


def half_squared_error(e: Experiment, module: str, as_array: Callable[[Array], Any]) -> Callable[..., Any]:
    """The loss of one network as a function of [W1, b1, W2, ...], in the functions of JAX or of PyTorch."""
    library: Any = importlib.import_module(module)
    inputs, targets = as_array(np.array(e.inputs)), as_array(np.array(e.targets))
    functions = {"tanh": library.tanh, "sigmoid": lambda z: 1 / (1 + library.exp(-z))}

    def loss(parameters: list[Any]) -> object:
        left, signal = iter(parameters), inputs
        for name in e.activations:
            z = signal @ next(left)
            signal = functions[name](z + next(left) if e.bias else z)
        return 0.5 * ((signal - targets) ** 2).sum()

    return loss


def jax_vmap(experiments: Sequence[Experiment]) -> Contender:
    """JAX as its own tutorials have it: grad of the loss, fori_loop, vmap over networks, jit; compiled beforehand."""
    jax: Any = importlib.import_module("jax")
    jax.config.update("jax_enable_x64", True)
    e, numpy = experiments[0], jax.numpy
    gradient = jax.grad(half_squared_error(e, "jax.numpy", numpy.array))

    def train(parameters: list[Any], rate: float) -> object:
        def epoch(_: int, now: list[Any]) -> list[Any]:
            return [p - rate * g for p, g in zip(now, gradient(now), strict=True)]

        return jax.lax.fori_loop(0, e.epochs, epoch, parameters)

    parameters = [numpy.array(layer) for layer in start_layers(experiments)]
    rates = numpy.array([one.learning_rate for one in experiments])
    compiled = jax.jit(jax.vmap(train)).lower(parameters, rates).compile()

    def run() -> list[Array]:
        layers = [np.asarray(layer) for layer in jax.block_until_ready(compiled(parameters, rates))]
        return [flat([layer[network] for layer in layers]) for network in range(SAMPLE)]

    return Contender("JAX jit vmap", run)


def torch_vmap(experiments: Sequence[Experiment]) -> Contender:
    """PyTorch: torch.func.vmap of grad, an epoch at a time."""
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    e = experiments[0]
    gradients = torch.func.vmap(torch.func.grad(half_squared_error(e, "torch", torch.tensor)))
    first = [torch.tensor(layer) for layer in start_layers(experiments)]
    rates = torch.tensor([one.learning_rate for one in experiments], dtype=torch.float64)

    def run() -> list[Array]:
        parameters = first
        for _ in range(TORCH_EPOCHS):
            parameters = [
                p - rates.reshape(-1, *[1] * (p.ndim - 1)) * g
                for p, g in zip(parameters, gradients(parameters), strict=True)
            ]
        return []

    return Contender("torch vmap", run, TORCH_EPOCHS / e.epochs)


def start_layers(experiments: Sequence[Experiment]) -> list[Array]:
    """The start weights and biases, one stack of all networks a layer."""
    return [np.stack(arrays) for arrays in zip(*map(start, experiments), strict=True)]
