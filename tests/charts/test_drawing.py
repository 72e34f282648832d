"""The numbers, widths and colours in the drawing of the network are those of the network."""

from dataclasses import dataclass

import numpy as np
import pytest

from engine import History
from pages.charts import network, palette
from pages.charts.figure import Dict
from tests.charts.runs import EXPERIMENTS, layers_at, number, run, sample

COLORS = palette("light")


def close(value: float) -> object:
    """Three significant digits."""
    return pytest.approx(value, rel=0.0051, abs=1e-12)


@dataclass(frozen=True)
class Seen:
    """One frame as the eye takes it apart: `spots` (n, 2) and texts, by where the text stands to its spot."""

    spots: dict[str, list[tuple[float, float]]]
    texts: dict[str, list[str]]
    tints: list[float]
    edges: list[Dict]


def look(history: History, row: int, k: int) -> Seen:
    figure = network(history, row, COLORS, "a1")
    *edges, words = figure["data"]
    *moved, told = figure["frames"][k]["data"]
    spots: dict[str, list[tuple[float, float]]] = {}
    texts: dict[str, list[str]] = {}
    for x, y, text, place in zip(words["x"], words["y"], told["text"], words["textposition"], strict=True):
        spots.setdefault(place, []).append((x, y))
        texts.setdefault(place, []).append(text)
    return Seen(spots, texts, told["marker"]["color"], [edge | move for edge, move in zip(edges, moved, strict=True)])


def units(seen: Seen) -> dict[tuple[float, float], tuple[int, int]]:
    """Where each unit stands: (layer, unit), units counted from the top."""
    found: dict[tuple[float, float], tuple[int, int]] = {}
    for layer in sorted({x for x, _ in seen.spots["middle center"]}):
        column = sorted((spot for spot in seen.spots["middle center"] if spot[0] == layer), key=lambda spot: -spot[1])
        found |= {spot: (round(layer), unit) for unit, spot in enumerate(column)}
    return found


def units_in_order(seen: Seen) -> list[tuple[tuple[float, float], tuple[int, int]]]:
    places = units(seen)
    return [(spot, places[spot]) for spot in seen.spots["middle center"]]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_units_show_what_they_put_out_for_the_chosen_row(name: str) -> None:
    history = run(name)
    for row in (0, len(history.experiment.inputs) - 1):
        for k in sample(history):
            seen, layers = look(history, row, k), layers_at(history, k)
            told = units_in_order(seen)
            assert len(told) == sum(layer.shape[1] for layer in layers)
            tints = seen.tints[: len(told)]
            for (_, (layer, unit)), text, tint in zip(told, seen.texts["middle center"], tints, strict=True):
                value = float(layers[layer][row, unit])
                assert number(text) == close(value)
                assert tint == pytest.approx(np.clip(value, -1, 1), abs=0.0006)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_edges_join_units_and_carry_their_weights(name: str) -> None:
    history = run(name)
    for k in sample(history):
        seen, joined = look(history, 0, k), set()
        places = units(seen)
        largest = max(float(np.abs(w).max()) for w in history.weights)
        for edge, text, spot in zip(seen.edges, seen.texts["top center"], seen.spots["top center"], strict=True):
            (x0, x1), (y0, y1) = edge["x"], edge["y"]
            (layer, i), (beyond, j) = places[x0, y0], places[x1, y1]
            assert beyond == layer + 1
            joined.add((layer, i, j))
            weight = float(history.weights[layer][k, i, j])
            assert number(text) == close(weight)
            assert edge["line"]["color"] == (COLORS.negative if weight < 0 else COLORS.positive)
            assert edge["line"]["width"] == pytest.approx(1 + 7 * abs(weight) / largest, abs=0.006)
            along = (spot[0] - x0) / (x1 - x0)
            assert 0.2 < along < 0.8
            assert spot[1] == pytest.approx(y0 + along * (y1 - y0), abs=0.2)
        assert len(joined) == sum(w[0].size for w in history.weights)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_biases_stand_below_their_neurons(name: str) -> None:
    history = run(name)
    for k in sample(history):
        seen = look(history, 0, k)
        biases = [float(bias) for layer in history.biases for bias in layer[k]]
        texts = seen.texts.get("bottom center", [])
        assert [number(text.removeprefix("b ")) for text in texts] == [close(bias) for bias in biases]
        neurons = [spot for spot, (layer, _) in units_in_order(seen) if layer]
        for (x, y), (above_x, above_y) in zip(seen.spots.get("bottom center", []), neurons, strict=bool(biases)):
            assert x == above_x
            assert 0 < above_y - y < 30


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_columns_are_named_and_targets_told(name: str) -> None:
    history = run(name)
    e, seen = history.experiment, look(run(name), 1, 0)
    assert seen.texts["middle left"] == list(e.input_names)
    for text, target, goal in zip(seen.texts["middle right"], e.target_names, e.targets[1], strict=True):
        said, told = text.split("<br>target ")
        assert said == target
        assert number(told) == close(goal)
