"""The worksheet: blanks first, then the ledger's numbers as answers; no more than fits on paper."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, PRESETS, Experiment, train
from engine.explanation.ledger import explain_epoch
from pages.charts.style.format import format_number
from pages.widgets.export.latex_to_html import latex_to_html
from pages.widgets.export.worksheet import MOST_ROWS, fits_on_paper, worksheet

XOR = PRESETS["xor"]


class Tables(HTMLParser):
    """Every table's caption and cells, a list a row, without the heads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[list[str]]]] = []
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        if tag == "caption":
            self.found.append(("", []))
        elif tag == "tr":
            self.found[-1][1].append([])
        elif tag == "td":
            self.found[-1][1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "caption":
            self.found[-1] = (data, self.found[-1][1])
        elif self.inside == "td":
            self.found[-1][1][-1][-1] = data


def tables(page: str) -> list[tuple[str, list[list[str]]]]:
    return [(caption, [row for row in rows if row]) for caption, rows in Tables(page).found]


def halves(experiment: Experiment) -> tuple[str, str]:
    sheet, answers = worksheet(experiment).split("<section>")[1:]
    return sheet, answers


@pytest.mark.parametrize("experiment", [Experiment(), XOR, replace(XOR, l2=0.1, optimizer="momentum")])
def test_the_answers_are_those_of_the_ledger(experiment: Experiment) -> None:
    _, answers = halves(experiment)
    update = explain_epoch(experiment, next(train(experiment, [0]))).updates[0]
    found: dict[str, list[list[list[str]]]] = {}
    for caption, rows in tables(answers):
        found.setdefault(caption, []).append(rows)
    layers = update.layers
    for index, layer in enumerate(layers):
        for caption, values in (("z", layer.pre_activations), ("f(z)", layer.outputs)):
            assert found[caption][index] == [[format_number(value) for value in row] for row in values.tolist()]
        assert layer.slope is not None
        for caption, values in (("error", layer.error), ("slope", layer.slope), ("delta", layer.delta)):
            shown = found[caption][len(layers) - 1 - index]
            assert shown == [[format_number(value) for value in row] for row in values.tolist()]
        new = layer.new_weights.tolist() + ([] if layer.new_biases is None else [layer.new_biases.tolist()])
        assert found["new weights"][index] == [[format_number(value) for value in row] for row in new]
        total = (layer.weight_gradient + layer.penalty).tolist()
        assert found["gradient"][len(layers) - 1 - index][: len(total)] == [
            [format_number(v) for v in row] for row in total
        ]


@pytest.mark.parametrize("experiment", [Experiment(), XOR])
def test_the_sheet_gives_the_table_and_the_start_weights_and_nothing_else(experiment: Experiment) -> None:
    sheet, answers = halves(experiment)
    given = 1 + len(experiment.shapes)
    for number, (_, rows) in enumerate(tables(sheet)):
        assert all(bool(cell) == (number < given) for row in rows for cell in row)
    assert [caption for caption, _ in tables(sheet)[given:]] == [caption for caption, _ in tables(answers)]
    first = tables(sheet)[0][1]
    assert first == [
        [format_number(v) for v in (*row, *target)]
        for row, target in zip(experiment.inputs, experiment.labelled_targets, strict=True)
    ]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_formula_can_be_written_without_latex(name: str) -> None:
    for latex in (ACTIVATIONS[name].formula, ACTIVATIONS[name].slope_formula):
        text = re.sub(r"</?su[bp]>", "", latex_to_html(latex))
        assert not set(text) & set("\\{}_^<>") - {">"}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_and_optimizer_has_a_sheet(loss: str, optimizer: str) -> None:
    start = PRESETS["fruit"] if LOSSES[loss].fused_activation == "softmax" else XOR
    page = worksheet(replace(start, loss=loss, optimizer=optimizer, learning_rate=0.1))
    assert page.count("<section>") == 2
    assert "{rate}" not in page
    assert "nan" not in unescape(page)


def test_names_are_no_markup() -> None:
    page = worksheet(replace(Experiment(), input_names=("a%b", "c_d", "e (f) / +g")))
    assert "e (f) / +g" in page


def test_only_what_fits_on_paper_fits() -> None:
    assert fits_on_paper(Experiment())
    assert fits_on_paper(XOR)
    assert not fits_on_paper(replace(XOR, hidden=(8, 8), activations=("tanh", "tanh", "sigmoid")))
    assert not fits_on_paper(PRESETS["sine"])
    many = Experiment(inputs=((0,),) * (MOST_ROWS + 1), targets=((0,),) * (MOST_ROWS + 1))
    assert not fits_on_paper(many)
    assert fits_on_paper(replace(many, batch_size=4))
