"""Exported tables and histories have every number; our own table files are read back equal."""

import csv
import io
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, record
from engine.model.weight_index import WeightIndex
from pages.reading.cells import read_cell
from pages.reading.edited_table import EditedTable, settings_of
from pages.reading.sheets.column_roles import ColumnRoles, suggest_roles
from pages.reading.sheets.columns import HELD_OUT_NAME, read_sheet
from pages.reading.sheets.decoding import decode_text
from pages.reading.sheets.layout import guess_layout
from pages.reading.sheets.table import make_table
from pages.widgets.files.exports import history_csv, table_csv
from tests.engine.strategies import MANY, STEADY, elaborate, experiments
from tests.reading.sheets import open_sheet, open_table


@MANY
@given(elaborate(), st.booleans())
def test_any_table_comes_back_equal(e: Experiment, decimal_comma: bool) -> None:
    data = table_csv(e, decimal_comma)
    assert_harmless(data, decimal_comma)
    text, notes = decode_text(data)
    layout = guess_layout(text)
    assert notes == ()
    if any(read_cell(name).kind == "text" for name in (*e.input_names, *e.target_names)):
        assert layout.header
    sheet = read_sheet(text, replace(layout, header=True))
    assert all(note.startswith("Read as numbers: ") and decimal_comma for note in sheet.notes)
    width = len(e.input_names)
    back, notes = make_table(sheet, ColumnRoles(tuple(range(width)), tuple(range(width, width + len(e.target_names)))))
    assert all(note.endswith("it tells no row from another.") for note in notes)
    again = back.experiment(settings_of(e))
    assert again == e
    assert hash(again) == hash(e)


def test_the_targets_of_our_own_file_are_found_again() -> None:
    e = Experiment(inputs=((1, 2), (3, 4)), targets=((5, 6), (7, 8)), test_rows=(1,), activations=("linear",))
    sheet = open_sheet(table_csv(e))
    assert sheet.held_out == (False, True)
    guess = suggest_roles(sheet, EditedTable.from_experiment(e))
    assert make_table(sheet, guess)[0].experiment(settings_of(e)) == e


def test_held_out_rows_stay_held_out_where_others_are_left_out() -> None:
    back, _ = open_table(f"a,b,{HELD_OUT_NAME}\n1,2,0\n,2,0\n3,4,1\n".encode())
    assert back.held_out == (False, True)


def assert_harmless(data: bytes, decimal_comma: bool) -> None:
    """Every cell of a CSV is a number, or begins with a letter or a digit."""
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";" if decimal_comma else ","):
        for cell in row:
            if not cell[0].isalnum():
                float(cell.replace(",", "."))


def test_a_file_is_plain_where_its_letters_are_and_marked_where_not() -> None:
    assert table_csv(Experiment()) == b"x1,x2,x3,y1\r\n0,0,1,0\r\n1,1,1,1\r\n1,0,1,1\r\n0,1,1,0\r\n"
    assert table_csv(Experiment(input_names=("ä", "b", "c"))).startswith(b"\xef\xbb\xbf")


@STEADY
@given(experiments(), st.booleans())
def test_a_history_holds_every_number_bit_for_bit(e: Experiment, decimal_comma: bool) -> None:
    history = record(e)
    data = history_csv(history, decimal_comma)
    assert_harmless(data, decimal_comma)
    delimiter = ";" if decimal_comma else ","
    names, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    columns = {
        name: np.array([float(cell.replace(",", ".")) for cell in column])
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    assert len(columns) == len(names)
    parts = [history.epochs, history.loss, history.outputs, *history.weights, *history.biases]
    assert sum(part[0].size for part in parts) + bool(e.test_rows) == len(names)
    assert np.array_equal(columns["epoch"], history.epochs)
    assert np.array_equal(columns["loss"], history.loss)
    if history.test_loss is not None:
        assert np.array_equal(columns["held-out loss"], history.test_loss)
    assert np.array_equal(columns[f"row 1: {e.target_names[-1]}"], history.outputs[:, 0, -1])
    layer = len(e.hidden)
    place = WeightIndex(layer, len(history.weights[-1][0]) - 1, len(e.target_names) - 1)
    assert np.array_equal(columns[place.name(e)], history.weights[-1][:, -1, -1])
    if e.bias:
        assert np.array_equal(columns[replace(place, source=place.source + 1).name(e)], history.biases[-1][:, -1])


def test_weights_keep_names_of_their_own_where_columns_are_called_like_neurons() -> None:
    e = Experiment(hidden=(1,), activations=("tanh", "sigmoid"), target_names=("h1",), bias=True, epochs=3)
    names = next(csv.reader(io.StringIO(history_csv(record(e)).decode("utf-8-sig"), newline="")))
    assert len(set(names)) == len(names)
    assert [name for name in names if "bias" in name] == ["layer 1: bias h1", "layer 2: bias h1"]
