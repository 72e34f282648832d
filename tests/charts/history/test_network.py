"""Numbers, widths and colours in the network drawing are those of the network."""

from dataclasses import dataclass

import numpy as np
import pytest

from engine import History
from pages.charts.history.network import network_figure
from pages.charts.history.network_layout import network_height, network_layout
from pages.charts.style.base import Dict
from pages.charts.style.palette import palette_for
from pages.charts.style.sizes import DESK
from tests.charts.runs import EXPERIMENTS, layers_at, number, run, sample

COLORS = palette_for("light")
KINDS = {"middle center": "edge", "bottom center": "bias", "middle left": "input", "middle right": "target"}
ASIDE = 11
"""Pixels from an edge to the middle of its number."""


def close(value: float) -> object:
    """Three significant digits."""
    return pytest.approx(value, rel=0.0051, abs=1e-12)


def told_roughly(text: str, value: float) -> bool:
    """Three significant digits, or fewer where a small number or one with an exponent would not go into a unit."""
    return number(text) == pytest.approx(value, rel=0.5 if "e" in text or "0.000" in text else 0.0051, abs=1e-12)


@dataclass(frozen=True)
class Seen:
    """One frame as the eye takes it apart: `spots` and texts of units, edges, biases, inputs and targets."""

    spots: dict[str, list[tuple[float, float]]]
    texts: dict[str, list[str]]
    tints: list[float]
    edges: list[Dict]


def look(history: History, row: int, k: int) -> Seen:
    figure = network_figure(history, row, COLORS, "a1")
    *edges, words = figure["data"]
    *moved, told = figure["frames"][k]["data"]
    spots: dict[str, list[tuple[float, float]]] = {}
    texts: dict[str, list[str]] = {}
    sizes = words["marker"]["size"]
    for x, y, text, place, size in zip(words["x"], words["y"], told["text"], words["textposition"], sizes, strict=True):
        kind = "unit" if size else KINDS[place]
        spots.setdefault(kind, []).append((x, y))
        texts.setdefault(kind, []).append(text)
    return Seen(spots, texts, told["marker"]["color"], [edge | move for edge, move in zip(edges, moved, strict=True)])


def units(seen: Seen) -> dict[tuple[float, float], tuple[int, int]]:
    """Where each unit stands: (layer, unit), units counted from the top."""
    found: dict[tuple[float, float], tuple[int, int]] = {}
    for layer in sorted({x for x, _ in seen.spots["unit"]}):
        column = sorted((spot for spot in seen.spots["unit"] if spot[0] == layer), key=lambda spot: -spot[1])
        found |= {spot: (round(layer), unit) for unit, spot in enumerate(column)}
    return found


def units_in_order(seen: Seen) -> list[tuple[tuple[float, float], tuple[int, int]]]:
    places = units(seen)
    return [(spot, places[spot]) for spot in seen.spots["unit"]]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_units_show_what_they_put_out_for_the_chosen_row(name: str) -> None:
    history = run(name)
    for row in (0, len(history.experiment.inputs) - 1):
        for k in sample(history):
            seen, layers = look(history, row, k), layers_at(history, k)
            told = units_in_order(seen)
            assert len(told) == sum(layer.shape[1] for layer in layers)
            tints = seen.tints[: len(told)]
            for (_, (layer, unit)), text, tint in zip(told, seen.texts["unit"], tints, strict=True):
                value = float(layers[layer][row, unit])
                assert told_roughly(text, value)
                assert tint == pytest.approx(np.clip(value, -1, 1), abs=0.0006)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_edges_join_units_and_carry_their_weights(name: str) -> None:
    history = run(name)
    for k in sample(history):
        seen, joined, drawing = look(history, 0, k), set(), network_layout(history, 0, network_height(history))
        numbers = iter(zip(seen.texts["edge"], seen.spots["edge"], strict=True))
        pitch = drawing.names.pitch(len(history.weights), DESK)
        places = units(seen)
        largest = max(float(np.abs(w).max()) for w in history.weights)
        for edge, is_clear in zip(seen.edges, drawing.clear.tolist(), strict=True):
            (x0, x1), (y0, y1) = edge["x"], edge["y"]
            (layer, i), (beyond, j) = places[x0, y0], places[x1, y1]
            assert beyond == layer + 1
            joined.add((layer, i, j))
            weight = float(history.weights[layer][k, i, j])
            assert edge["line"]["color"] == (COLORS.negative if weight < 0 else COLORS.positive)
            assert edge["line"]["width"] == pytest.approx(1 + 7 * abs(weight) / largest, abs=0.006)
            if not is_clear:
                continue
            text, spot = next(numbers)
            assert number(text) == close(weight)
            edge_run, rise, run_to, rise_to = (x1 - x0) * pitch, y1 - y0, (spot[0] - x0) * pitch, spot[1] - y0
            length = np.hypot(edge_run, rise)
            assert 0.2 < (edge_run * run_to + rise * rise_to) / length**2 < 0.8
            aside = (edge_run * rise_to - rise * run_to) / length
            assert min(abs(aside), abs(abs(aside) - ASIDE)) < 0.3  # on its edge, or beside it
        assert len(joined) == sum(w[0].size for w in history.weights)
        assert next(numbers, None) is None


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_biases_stand_below_their_neurons(name: str) -> None:
    history = run(name)
    for k in sample(history):
        seen = look(history, 0, k)
        biases = [float(bias) for layer in history.biases for bias in layer[k]]
        texts = seen.texts.get("bias", [])
        assert [number(text.removeprefix("bias ")) for text in texts] == [close(bias) for bias in biases]
        neurons = [spot for spot, (layer, _) in units_in_order(seen) if layer]
        for (x, y), (above_x, above_y) in zip(seen.spots.get("bias", []), neurons, strict=bool(biases)):
            assert x == above_x
            assert 0 < above_y - y < 30


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_columns_are_named_and_targets_told(name: str) -> None:
    history = run(name)
    e, seen = history.experiment, look(run(name), 1, 0)
    assert seen.texts["input"] == list(e.feature_names)
    for text, target, goal in zip(seen.texts["target"], e.target_names, e.labelled_targets[1], strict=True):
        said, told = text.split("<br>target ")
        assert said == target
        assert number(told) == close(goal)
