"""The two ways to train one experiment with PyTorch: with its modules, and on bare tensors."""

import importlib
from typing import Any

import numpy as np

from engine import Experiment
from engine.model.types import Array
from tests.benchmarks.contenders import Job, start


def torch_sequential(e: Experiment) -> Job:
    """PyTorch as in its own tutorials: nn.Sequential of nn.Linear, torch.optim.SGD, backward; in float64."""
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    nn = torch.nn
    functions = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid}
    x, y, first = torch.tensor(np.array(e.inputs)), torch.tensor(np.array(e.targets)), start(e)
    mean = e.loss == "mean_squared_error"
    criterion = nn.MSELoss() if mean else nn.MSELoss(reduction="sum")
    size = e.batch_size or len(x)
    batches = [(x[i : i + size], y[i : i + size]) for i in range(0, len(x), size)]

    def run() -> list[Array]:
        layers = []
        for (fan_in, fan_out), name in zip(e.shapes, e.activations, strict=True):
            layers += [nn.Linear(fan_in, fan_out, bias=e.bias, dtype=torch.float64), functions[name]()]
        model = nn.Sequential(*layers)
        with torch.no_grad():
            for parameter, array in zip(model.parameters(), first, strict=True):
                parameter.copy_(torch.tensor(array.T))
        optimizer = torch.optim.SGD(model.parameters(), lr=e.learning_rate)
        for _ in range(e.epochs):
            for xb, yb in batches:
                optimizer.zero_grad()
                loss = criterion(model(xb), yb)
                if not mean:
                    loss = loss / 2
                loss.backward()
                optimizer.step()
        return [parameter.detach().numpy().T for parameter in model.parameters()]

    return run


def torch_tensors(e: Experiment) -> Job:
    """PyTorch with the layers written out on bare tensors, which is faster than its modules."""
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    functions = {"tanh": torch.tanh, "sigmoid": torch.sigmoid}
    x, y, first = torch.tensor(np.array(e.inputs)), torch.tensor(np.array(e.targets)), start(e)
    size, stride = e.batch_size or len(x), 2 if e.bias else 1
    batches = [(x[i : i + size], y[i : i + size]) for i in range(0, len(x), size)]

    def run() -> list[Array]:
        parameters = [torch.tensor(array, requires_grad=True) for array in first]
        optimizer = torch.optim.SGD(parameters, lr=e.learning_rate)
        for _ in range(e.epochs):
            for xb, yb in batches:
                optimizer.zero_grad()
                signal = xb
                for layer, name in enumerate(e.activations):
                    z = signal @ parameters[layer * stride]
                    signal = functions[name](z + parameters[layer * 2 + 1] if e.bias else z)
                squares = (signal - yb) ** 2
                loss = squares.mean() if e.loss == "mean_squared_error" else squares.sum() / 2
                loss.backward()
                optimizer.step()
        return [parameter.detach().numpy() for parameter in parameters]

    return run
