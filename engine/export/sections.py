"""The sections of the exported script: one step each, with a title, a few words of explanation, and code.

The script writes the words as comments, the notebook as text between its cells. The code is made of the engine's own
functions (`function_source`) and a loop that reads like the tutorial's (`training_loop`).
"""

import ast
from dataclasses import replace

from engine.export.function_source import FunctionSources, function_tree, make_function, parameter_names
from engine.export.program_head import Section, math_import, print_weights_lines, table_section, weights_section
from engine.export.training_loop import TrainingLoop, is_tutorial
from engine.model import targets
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES

CORRECT_WORDS = {
    "multiclass": "A row is right when its largest output stands in the right column.",
    "binary": "A row is right when its outputs are on the answers' side of the middle.",
    "regression": "A row is right when its outputs are near the answers: within a tenth of their column's range.",
}
HIDDEN_WORDS = (
    "The error of a hidden neuron is what it hands on to the layer above: the adjustments there, sent back through "
    "the same weights. "
)
ORDER_WORDS = (
    "Arrays lie column by column in memory (asfortranarray), as on the page: the order of a sum decides its last digit."
)


def sections(experiment: Experiment, watch: bool = False) -> tuple[Section, ...]:
    """The sections of an experiment's script; with `watch` the loop keeps `losses`, [(epoch, loss)], for a plot."""
    e, sources = experiment, FunctionSources()
    loop = TrainingLoop(e, sources)
    start = weights_section(e, sources)
    trains = len(sources.texts)
    measure = measures_section(e, loop, sources)
    quiet = ["", "# Numbers that grow past all bounds become inf or nan without a warning.", 'np.seterr(all="ignore")']
    head = "\n".join(
        [*math_import(sources.text() + start.code), "import numpy as np", *([] if is_tutorial(e) else quiet)]
    )
    formulas = tuple(ACTIVATIONS[name].formula for name in dict.fromkeys(e.activations))
    first = Section("Formulas", "", f"{head}\n\n\n{sources.text(stop=trains)}", formulas)
    measure = replace(measure, code=f"{sources.text(trains)}\n\n\n{measure.code}")
    training = training_section(e, loop, watch)
    middle = (measure, training) if watch else (training, measure)
    return (first, table_section(e), start, *middle, results_section(e))


def measures_section(e: Experiment, loop: TrainingLoop, sources: FunctionSources) -> Section:
    """The loss, the test which rows are right, and `predict` and `loss_of`, which use the current weights."""
    record = LOSSES[e.loss]
    loss = sources.add(record.value, f"Loss ({record.label.lower()}). {record.about}", e.loss)
    sources.add_tree(correct_outputs_function(e), vars(targets), CORRECT_WORDS[targets.target_kind(e)])
    takes, lines = (
        sources.parameters[loss],
        ["# What the network answers.", f"def predict({'input_layer' if is_tutorial(e) else 'X'}):"],
    )
    into = "with_ones(X)" if e.bias else "np.asfortranarray(X)"
    keeps = needs_logits(e)
    lines += [] if is_tutorial(e) else [f"    input_layer = {into}"]
    lines += [f"    {line}" for line in loop.layer_lines(keeps_logits=keeps)]
    lines.append(f"    return {f'{loop.layers[-1].z}, ' if keeps else ''}outputs")
    rows = "[rows]" if e.test_rows else ""
    at_hand = {"logits": f"z{rows}", "outputs": f"outputs{rows}", "targets": f"y{rows}"}
    lines += ["", "", f"def loss_of({'rows' if rows else ''}):"]
    lines.append(f"    {'z, ' if needs_logits(e) else ''}outputs = predict(X)")
    lines.append(f"    return {loss}({', '.join(at_hand[name] for name in takes)})")
    words = "How wrong the answers are, as one number, and how many rows are right."
    return Section("Measures", words, "\n".join(lines), (record.formula,))


def training_section(e: Experiment, loop: TrainingLoop, watch: bool) -> Section:
    """The training loop, and the lines it needs before it."""
    after, before = [], loop.lines_before()
    if watch:
        rows = "rows" if e.test_rows else ""
        before += [
            f"looks = set(np.geomspace(1, {e.epochs}, 100).round().astype(int))",
            f"losses = [(0, loss_of({rows}))]",
        ]
        after = ["if epoch + 1 in looks:", f"    losses.append((epoch + 1, loss_of({rows})))"]
    words = "Look, compare, adjust, again and again. "
    words += HIDDEN_WORDS if e.hidden else ""
    if not is_tutorial(e):
        words += ORDER_WORDS
    return Section(
        "Train the network", words.strip(), "\n".join([*before, *([""] if before else []), *loop.loop_lines(after)])
    )


def results_section(e: Experiment) -> Section:
    """The lines that print outputs, loss, the count of right rows, and the final weights to the last digit."""
    lines = []
    if is_tutorial(e):
        lines += ['print("Output after training:")', "print(outputs)"]
        lines += ["", "# The last outputs are from before the last adjustment. With it made, as the page shows them:"]
    lines.append(f"{'_, ' if needs_logits(e) else ''}outputs = predict(X)")
    lines += [f'print("Output after epoch {e.epochs}:")', "print(outputs)"]
    if not is_tutorial(e):
        lines.append("if not np.isfinite(outputs).all():")
        lines.append('    print("The numbers grew past all bounds: try a smaller learning rate.")')
    count = "right = right_cells(outputs, y).all(axis=-1)"
    if e.test_rows:
        held = f"held_out = {list(e.test_rows)}"
        lines += ["", held, 'print("Loss:", loss_of(rows))', 'print("Loss of the rows held out:", loss_of(held_out))']
        lines += [count, 'print("Rows right:", right[rows].sum(), "of", len(rows))']
        lines.append('print("Held-out rows right:", right[held_out].sum(), "of", len(held_out))')
    else:
        lines += ["", 'print("Loss:", loss_of())', count, 'print("Rows right:", right.sum(), "of", len(y))']
    lines.append("")
    lines += print_weights_lines(e)
    return Section(
        "Testing the network", "Every digit of the weights is printed, so that they can be compared.", "\n".join(lines)
    )


def needs_logits(e: Experiment) -> bool:
    """Whether the loss is computed from the logits, the output layer's z."""
    return "logits" in parameter_names(function_tree(LOSSES[e.loss].value))


def correct_outputs_function(e: Experiment) -> ast.FunctionDef:
    """The engine's `right_cells`, only the case that these targets are, as a function of outputs and targets."""
    body = function_tree(targets.correct_outputs).body
    at = next(index for index, line in enumerate(body) if isinstance(line, ast.Match))
    match = body[at]
    assert isinstance(match, ast.Match)
    chosen = [c.body for c in match.cases if ast.unparse(c.pattern) == repr(targets.target_kind(e))]
    return make_function("right_cells", ["outputs", "targets"], chosen[0] if chosen else body[at + 1 :])
