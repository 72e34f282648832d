"""The sections of the exported script: one step each, with a title, a few words of explanation, and code.

The script writes the words as comments, the notebook as text between its cells. The code is made of the engine's own
functions (`function_source`) and a loop that reads like the tutorial's (`training_loop`).
"""

from dataclasses import replace

from engine.export.derived_lines import derive_expression, derived_lines
from engine.export.function_source import FunctionSources, function_tree, parameter_names
from engine.export.program_head import (
    Section,
    answer_lines,
    labelled_outputs,
    math_import,
    print_weights_lines,
    table_section,
    weights_section,
)
from engine.export.right_cells import add_right_cells, right_rows
from engine.export.scaling_lines import (
    is_scaled,
    scale_expression,
    scaling_lines,
    scaling_of,
    scaling_words,
    train_rows_index,
    unscale_expression,
    whole_array,
)
from engine.export.schedule_lines import StopRules, add_kept_epochs, output_heading
from engine.export.training_loop import TrainingLoop, is_tutorial, layer_input
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES

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
    scaling = scaling_section(e, sources)
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
    middle = (measure, training) if watch or e.has_stop_rules else (training, measure)
    return (
        first,
        table_section(e),
        *derived_section(e),
        *scaling,
        start,
        *middle,
        results_section(e),
        *questions_section(e),
    )


def derived_section(e: Experiment) -> list[Section]:
    """The inputs that are computed from those of the table; none where nothing is derived."""
    words = "More inputs, each computed from those of the table: a network can use them like any other."
    code = "\n".join(derived_lines(e))
    return [Section("Derived inputs", words, code)] if code else []


def scaling_section(e: Experiment, sources: FunctionSources) -> list[Section]:
    """The table scaled; none where nothing is."""
    code = "\n".join(scaling_lines(e, sources))
    formulas = (scaling_of(e, table).formula for table in ("X", "y") if is_scaled(e, table))
    return [Section("Scaling", scaling_words(e), code, tuple(dict.fromkeys(formulas)))] if code else []


def measures_section(e: Experiment, loop: TrainingLoop, sources: FunctionSources) -> Section:
    """The loss, the test which rows are right, and `predict` and `loss_of`, which use the current weights."""
    record = LOSSES[e.loss]
    loss = sources.add(record.value, f"Loss ({record.label.lower()}). {record.about}", e.loss)
    add_right_cells(e, sources)
    add_kept_epochs(e, sources)
    takes, lines = (
        sources.parameters[loss],
        ["# What the network answers.", f"def predict({'input_layer' if is_tutorial(e) else 'X'}):"],
    )
    seen = scale_expression(e, sources, "X", derive_expression(e, "X"))
    keeps, rescales = needs_logits(e), is_scaled(e, "y")
    lines += [] if is_tutorial(e) else [f"    input_layer = {layer_input(e, seen)}"]
    lines += [f"    {line}" for line in loop.layer_lines(keeps_logits=keeps)]
    lines.append(f"    return {f'{loop.layers[-1].z}, ' if keeps else ''}outputs")
    if rescales:
        lines[:2] = ["# What the network puts out, scaled as the targets are.", "def forward(X):"]
        lines += ["", "", "# What the network answers, in the units of y.", "def predict(X):"]
        lines += ["    _, outputs = forward(X)"] * keeps
        lines.append(f"    return {unscale_expression(e, sources, 'outputs' if keeps else 'forward(X)')}")
    rows = train_rows_index(e)
    at_hand = {"logits": f"z{rows}", "outputs": f"outputs{rows}", "targets": f"{whole_array(e, 'y')}{rows}"}
    lines += ["", "", f"def loss_of({'rows' if rows else ''}):"]
    lines.append(f"    {'z, ' if keeps else ''}outputs = {'forward' if rescales else 'predict'}(X)")
    lines.append(f"    return {loss}({', '.join(at_hand[name] for name in takes)})")
    words = "How wrong the answers are, as one number, and how many rows are right."
    return Section("Measures", words, "\n".join(lines), (record.formula,))


def training_section(e: Experiment, loop: TrainingLoop, watch: bool) -> Section:
    """The training loop, and the lines it needs before it."""
    after, before = [], loop.lines_before()
    if watch:
        rows = train_rows_index(e).strip("[]")
        before += [
            f"looks = set(np.geomspace(1, {e.epochs}, 100).round().astype(int))",
            f"losses = [(0, loss_of({rows}))]" + "  # over the last table throughout" * bool(e.earlier_tables),
        ]
        after = ["if epoch + 1 in looks:", f"    losses.append((epoch + 1, loss_of({rows})))"]
    if e.has_stop_rules:
        rules = stop_rules(e)
        before += rules.before(e)
        after += rules.after_epoch(e)
    words = "Look, compare, adjust, again and again. "
    words += HIDDEN_WORDS if e.hidden else ""
    if not is_tutorial(e):
        words += ORDER_WORDS
    return Section(
        "Train the network", words.strip(), "\n".join([*before, *([""] if before else []), *loop.loop_lines(after)])
    )


def stop_rules(e: Experiment) -> StopRules:
    """The stop rules in terms of the measures."""
    answers = "predict(X)[1]" if needs_logits(e) and not is_scaled(e, "y") else "predict(X)"
    return StopRules(
        loss=f"loss_of({train_rows_index(e).strip('[]')})",
        held_out_loss=f"loss_of({list(e.test_rows)})",
        all_right=right_rows(e, answers, "y"),
    )


def results_section(e: Experiment) -> Section:
    """The lines that print outputs, loss, the count of right rows, and the final weights to the last digit."""
    lines = []
    if is_tutorial(e):
        lines += ['print("Output after training:")', "print(outputs)"]
        lines += ["", "# The last outputs are from before the last adjustment. With it made, as the page shows them:"]
    lines.append(f"{'_, ' if needs_logits(e) and not is_scaled(e, 'y') else ''}outputs = predict(X)")
    lines += [output_heading(e, "epoch + 1"), f"print({labelled_outputs(e, 'outputs')})"]
    if not is_tutorial(e):
        lines.append("if not np.isfinite(outputs).all():")
        lines.append('    print("The numbers grew past all bounds: try a smaller learning rate.")')
    count = ["right = right_cells(outputs, y).all(axis=-1)"]
    if e.question_rows:
        count = [f"known = {list(e.labelled_rows)}  # the rows with targets", "right = np.zeros(len(y), dtype=bool)"]
        count.append("right[known] = right_cells(outputs[known], y[known]).all(axis=-1)")
    rows = train_rows_index(e).strip("[]")
    lines.append("")
    if e.test_rows:
        lines += [f"held_out = {list(e.test_rows)}", 'print("Loss:", loss_of(rows))']
        lines += ['print("Loss of the rows held out:", loss_of(held_out))', *count]
        lines.append('print("Rows right:", right[rows].sum(), "of", len(rows))')
        lines.append('print("Held-out rows right:", right[held_out].sum(), "of", len(held_out))')
    elif rows:
        lines += ['print("Loss:", loss_of(rows))', *count, 'print("Rows right:", right[rows].sum(), "of", len(rows))']
    else:
        lines += ['print("Loss:", loss_of())', *count, 'print("Rows right:", right.sum(), "of", len(y))']
    lines.append("")
    lines += print_weights_lines(e)
    return Section(
        "Testing the network", "Every digit of the weights is printed, so that they can be compared.", "\n".join(lines)
    )


def questions_section(e: Experiment) -> list[Section]:
    """The answers to the questions; none without any."""
    words = "The rows without targets: nothing was learned from them, and the network answers them all the same."
    code = "\n".join(answer_lines(e, "outputs"))
    return [Section("Answer the questions", words, code)] if code else []


def needs_logits(e: Experiment) -> bool:
    """Whether the loss is computed from the logits, the output layer's z."""
    return "logits" in parameter_names(function_tree(LOSSES[e.loss].value))
