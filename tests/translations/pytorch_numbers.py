"""The numbers that PyTorch printed, kept in tests/data/pytorch.json, which `write_pytorch_numbers` writes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine import Experiment
from engine.model.types import Array
from engine.serialization.json_format import from_json, to_json
from engine.training.train import TrainingState
from tests.translations.results import Result

FILE = Path(__file__).resolve().parents[1] / "data/pytorch.json"
WRITE = "python -m tests.translations.write_pytorch_numbers"


@dataclass(frozen=True)
class Training:
    """A whole training: its experiment, the digest of its program, and the result."""

    experiment: Experiment
    program: str
    result: Result


@dataclass(frozen=True)
class Epoch:
    """One epoch of a named experiment: the state before, the digest of its program, and the result."""

    name: str
    state: TrainingState
    program: str
    result: Result


def digest(program: str) -> str:
    return hashlib.sha256(program.encode()).hexdigest()[:16]


def write(origin: dict[str, str], trainings: Sequence[Training], epochs: Sequence[Epoch]) -> None:
    """Write all numbers to the file, one line per training or epoch."""
    entries = {
        "trainings": [
            {"experiment": json.loads(to_json(t.experiment)), "program": t.program, **result_to_json(t.result)}
            for t in trainings
        ],
        "epochs": [
            {"of": epoch.name, **state_to_json(epoch.state), "program": epoch.program, **result_to_json(epoch.result)}
            for epoch in epochs
        ],
    }
    parts = [f'"origin": {json.dumps(origin)}']
    for name, records in entries.items():
        lines = ",\n".join(json.dumps(record, separators=(",", ":")) for record in records)
        parts.append(f'"{name}": [\n{lines}\n]')
    FILE.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def read_trainings() -> list[Training]:
    return [
        Training(from_json(json.dumps(entry["experiment"])), entry["program"], result_from_json(entry))
        for entry in read()["trainings"]
    ]


def read_epochs() -> list[Epoch]:
    return [
        Epoch(entry["of"], state_from_json(entry), entry["program"], result_from_json(entry))
        for entry in read()["epochs"]
    ]


def read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def to_lists(arrays: Sequence[Array]) -> list[Any]:
    return [array.tolist() for array in arrays]


def to_arrays(lists: list[Any]) -> tuple[Array, ...]:
    return tuple(np.array(values, dtype=float) for values in lists)


def result_to_json(result: Result) -> dict[str, Any]:
    parameters = {"weights": to_lists(result.weights), "biases": to_lists(result.biases)}
    return parameters | {"outputs": result.outputs.tolist(), "loss": result.loss}


def result_from_json(entry: dict[str, Any]) -> Result:
    return Result(
        to_arrays(entry["weights"]), to_arrays(entry["biases"]), np.array(entry["outputs"], dtype=float), entry["loss"]
    )


def state_to_json(state: TrainingState) -> dict[str, Any]:
    before = {"weights": to_lists(state.weights), "biases": to_lists(state.biases), "memory": state.memory.tolist()}
    return {"epoch": state.epoch, "before": before}


def state_from_json(entry: dict[str, Any]) -> TrainingState:
    before = entry["before"]
    weights, biases = to_arrays(before["weights"]), to_arrays(before["biases"])
    size = sum(array.size for array in (*weights, *biases))
    return TrainingState(entry["epoch"], weights, biases, np.array(before["memory"], dtype=float).reshape(-1, size))
