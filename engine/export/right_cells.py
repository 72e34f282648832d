"""Which cells are right, in an exported program: the engine's own function, only the case that its targets are."""

import ast

from engine.export.function_source import FunctionSources, function_tree, make_function
from engine.model import targets
from engine.model.experiment import Experiment

CORRECT_WORDS = {
    "multiclass": "A row is right when its largest output stands in the right column.",
    "binary": "A row is right when its outputs are on the answers' side of the middle.",
    "regression": "A row is right when its outputs are near the answers: within a tenth of their column's range.",
}


def add_right_cells(e: Experiment, sources: FunctionSources) -> None:
    """Add the function `right_cells` of outputs and targets."""
    sources.add_tree(correct_outputs_function(e), vars(targets), CORRECT_WORDS[targets.target_kind(e)])


def right_rows(e: Experiment, outputs: str, wanted: str) -> str:
    """Whether all rows trained on are right, as an expression: `right_cells` of all rows with targets."""
    rows = e.labelled_rows
    index = "" if len(rows) == len(e.train_rows) else f"[{[rows.index(row) for row in e.train_rows]}]"
    if e.question_rows:
        outputs, wanted = (f"np.delete({each}, questions, axis=0)" for each in (outputs, wanted))
    return f"right_cells({outputs}, {wanted}){index}.all()"


def correct_outputs_function(e: Experiment) -> ast.FunctionDef:
    """The engine's `correct_answers`, only the case that these targets are, as a function of outputs and targets."""
    body = function_tree(targets.correct_answers).body
    at = next(index for index, line in enumerate(body) if isinstance(line, ast.Match))
    match = body[at]
    assert isinstance(match, ast.Match)
    chosen = [c.body for c in match.cases if ast.unparse(c.pattern) == repr(targets.target_kind(e))]
    return make_function("right_cells", ["outputs", "targets"], chosen[0] if chosen else body[at + 1 :])
