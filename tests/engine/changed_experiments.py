"""Random experiments for Hypothesis, changed at random: derived inputs, frozen weights, schedules, stop rules."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from engine import OPTIMIZERS, Experiment, ExperimentError, record
from engine.model.formulas.formula import FUNCTIONS, Column, Constant, Formula, FunctionOf, Negative, Number, Operation
from engine.model.formulas.notation import write_formula
from engine.model.plan.frozen import name_parts
from engine.model.validation import Rows


def formulas(names: tuple[str, ...]) -> st.SearchStrategy[Formula]:
    """Formulas over these columns, of any kind, not too large to be typed."""
    atoms = st.sampled_from(names).map(Column) | st.sampled_from((0.5, 1.0, 2.0, 3.0, 1e-3)).map(Number)

    def grow(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        return (
            st.builds(Operation, st.sampled_from("+-*/^"), inner, inner)
            | st.builds(FunctionOf, st.sampled_from(sorted(FUNCTIONS)), inner)
            | st.builds(Negative, inner)
        )

    return st.recursive(atoms | st.just(Constant("pi")), grow, max_leaves=5)


@st.composite
def with_derived_inputs(draw: st.DrawFn, e: Experiment) -> Experiment:
    """The experiment with formulas of its columns among its inputs, all of moderate size."""
    several = draw(st.lists(formulas(e.input_names), min_size=1, max_size=3, unique_by=write_formula))
    found: list[str] = []
    for text in map(write_formula, several):
        try:
            tried = replace(e, derived=(*found, text))
        except ExperimentError:
            continue
        if np.abs(tried.input_array).max() <= 10:
            found.append(text)
    return replace(e, derived=tuple(found) or ("tanh(x1)",))


@st.composite
def with_frozen_parts(draw: st.DrawFn, e: Experiment) -> Experiment:
    """The experiment with some weights and biases frozen, single ones and whole layers."""
    size = sum((fan_in + e.bias) * fan_out for fan_in, fan_out in e.shapes)
    flags = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    layer = draw(st.integers(1, len(e.shapes)))
    whole: tuple[str, ...] = draw(st.sampled_from(((), (f"W{layer}",), (f"b{layer}",) * e.bias)))
    return replace(e, frozen=(*name_parts(flags, e.shapes, e.bias), *whole))


@st.composite
def with_rate_changes(draw: st.DrawFn, e: Experiment) -> Experiment:
    """The experiment with one to four changes of the learning rate, some of them after its end."""
    epochs = draw(st.lists(st.integers(1, e.epochs + 1), min_size=1, max_size=4, unique=True))
    return replace(e, rate_changes=tuple((epoch, draw(st.sampled_from((0.005, 0.02, 0.05, 1.0)))) for epoch in epochs))


@st.composite
def with_optimizer_changes(draw: st.DrawFn, e: Experiment) -> Experiment:
    """The experiment with one to three changes of the optimizer, some to the same one, some of them after its end."""
    epochs = draw(st.lists(st.integers(1, e.epochs + 1), min_size=1, max_size=3, unique=True))
    return replace(e, optimizer_changes=tuple((at, draw(st.sampled_from(sorted(OPTIMIZERS)))) for at in epochs))


@st.composite
def with_earlier_tables(draw: st.DrawFn, e: Experiment) -> Experiment:
    """The experiment with one to three tables of other sizes before its own, the last of them perhaps to its end."""
    ends = draw(st.lists(st.integers(1, e.epochs + 1), min_size=1, max_size=3, unique=True))
    tables, rows = list[tuple[int, Rows, Rows]](), st.lists(st.sampled_from(e.train_rows), min_size=1, max_size=7)
    for end in ends:
        inputs, targets = (np.array(cells, dtype=float)[draw(rows)] for cells in (e.inputs, e.targets))
        size = len(inputs) if draw(st.booleans()) else min(len(inputs), len(targets))
        inputs = np.resize(inputs, (size, inputs.shape[1])) + draw(st.sampled_from((0.0, 0.25)))
        targets = np.resize(targets, (size, targets.shape[1]))
        tables.append((end, tuple(map(tuple, inputs.tolist())), tuple(map(tuple, targets.tolist()))))
    return replace(e, earlier_tables=tuple(tables))


@st.composite
def with_stop_rules(draw: st.DrawFn, e: Experiment) -> Experiment:
    """The experiment with rules that stop it at some epoch, or never."""
    loss = record(e).loss
    return replace(
        e,
        stop_loss=draw(st.none() | st.sampled_from([each for each in loss.tolist() if each > 0] or [1e-9])),
        stop_when_right=draw(st.booleans()),
        patience=draw(st.none() | st.integers(1, 4)) if e.test_rows else None,
    )
