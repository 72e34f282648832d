"""The outputs that the grid displays: what the network answers to each row at the cursor's epoch, and what is wrong."""

from dataclasses import dataclass

from engine.explanation.rounded_to_zero import zero_output_size
from engine.model.targets import correct_outputs
from pages.charts.style.format import format_number
from pages.reading.edited_table import EditedTable
from pages.state.visit import Visit


@dataclass(frozen=True, slots=True)
class Outputs:
    """By output column, one entry for each row of the grid."""

    texts: dict[str, list[str]]  # with a cross where wrong; "" for a row that the run on the page does not have
    wrong: dict[str, list[bool]]


def output_columns(table: EditedTable) -> tuple[str, ...]:
    """The output columns of a table: "o1" for its first target."""
    return tuple(f"o{number + 1}" for number in range(len(table.targets)))


def read_outputs(visit: Visit) -> Outputs:
    """The outputs of the rows that are in the grid as they were when the run on the page was trained."""
    history, base = visit.run.history, visit.draft.base
    columns, rows = output_columns(base), len(base.rows)
    if history is None or history.outputs.shape[1:] != (rows, len(columns)) or visit.run.is_refused:
        return Outputs({column: [""] * rows for column in columns}, {column: [False] * rows for column in columns})
    outputs = history.outputs[history.frame_at(visit.view.cursor)]
    same_shape = len(visit.run.wanted.inputs) == rows and len(visit.run.wanted.target_names) == len(columns)
    judged = visit.run.wanted if same_shape else history.experiment
    right, questions = correct_outputs(judged, outputs), frozenset(judged.question_rows)
    width = len(base.inputs)
    edited = base.with_edits({"edited_rows": visit.draft.edits.get("edited_rows", {})})
    own = [row[:width] == inputs for row, inputs in zip(edited.rows, history.experiment.inputs, strict=True)]
    texts, wrong, zero = {}, {}, zero_output_size(history.experiment)
    for i, column in enumerate(columns):
        wrong[column] = [
            mine and not ok and row not in questions
            for row, (ok, mine) in enumerate(zip(right[:, i].tolist(), own, strict=True))
        ]
        texts[column] = [
            (format_number(value, zero_below=zero) + " ✗" * bad) * mine
            for value, bad, mine in zip(outputs[:, i].tolist(), wrong[column], own, strict=True)
        ]
    return Outputs(texts, wrong)
