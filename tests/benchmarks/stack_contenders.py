"""The ways to train many networks of one shape that the benchmark holds against each other, from the same weights."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine import Experiment, record, record_many
from engine.model.types import Array
from engine.training.stacked_training import StackedTraining
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


def recorded(e: Experiment) -> Job:
    def run() -> list[Array]:
        record(e)
        return [np.empty(0)]

    return run


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


def jax_vmap(experiments: Sequence[Experiment]) -> Contender:
    """JAX as its own tutorials have it: grad of the loss, fori_loop, vmap over networks, jit; compiled beforehand."""
    jax: Any = importlib.import_module("jax")
    jax.config.update("jax_enable_x64", True)
    np_ = jax.numpy
    e = experiments[0]
    x, y = np_.array(e.inputs), np_.array(e.targets)
    functions = {"tanh": np_.tanh, "sigmoid": lambda z: 1 / (1 + np_.exp(-z))}

    def loss(parameters: Any) -> Any:
        signal = x
        for layer, name in enumerate(e.activations):
            if e.bias:
                z = signal @ parameters[2 * layer] + parameters[2 * layer + 1]
            else:
                z = signal @ parameters[layer]
            signal = functions[name](z)
        return 0.5 * ((signal - y) ** 2).sum()

    def train(parameters: Any, rate: Any) -> Any:
        def epoch(_: Any, now: Any) -> Any:
            return [p - rate * g for p, g in zip(now, jax.grad(loss)(now), strict=True)]

        return jax.lax.fori_loop(0, e.epochs, epoch, parameters)

    starts = [start(one) for one in experiments]
    parameters = [np_.array(np.stack(arrays)) for arrays in zip(*starts, strict=True)]
    rates = np_.array([one.learning_rate for one in experiments])
    compiled = jax.jit(jax.vmap(train)).lower(parameters, rates).compile()

    def run() -> list[Array]:
        found = [np.asarray(array) for array in jax.block_until_ready(compiled(parameters, rates))]
        return [flat([array[network] for array in found]) for network in range(SAMPLE)]

    return Contender("JAX jit vmap", run)


def torch_vmap(experiments: Sequence[Experiment]) -> Contender:
    """PyTorch: torch.func.vmap of grad, an epoch at a time."""
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    e = experiments[0]
    x, y = torch.tensor(np.array(e.inputs)), torch.tensor(np.array(e.targets))
    functions = {"tanh": torch.tanh, "sigmoid": torch.sigmoid}

    def loss(parameters: Any) -> Any:
        signal = x
        for layer, name in enumerate(e.activations):
            if e.bias:
                z = signal @ parameters[2 * layer] + parameters[2 * layer + 1]
            else:
                z = signal @ parameters[layer]
            signal = functions[name](z)
        return 0.5 * ((signal - y) ** 2).sum()

    starts = [start(one) for one in experiments]
    first = [torch.tensor(np.stack(arrays)) for arrays in zip(*starts, strict=True)]
    rates = torch.tensor([one.learning_rate for one in experiments], dtype=torch.float64)
    gradients = torch.func.vmap(torch.func.grad(loss))

    def run() -> list[Array]:
        parameters = first
        for _ in range(TORCH_EPOCHS):
            found = gradients(parameters)
            parameters = [
                p - rates.reshape(-1, *[1] * (p.ndim - 1)) * g for p, g in zip(parameters, found, strict=True)
            ]
        return []

    return Contender("torch vmap", run, TORCH_EPOCHS / e.epochs)
