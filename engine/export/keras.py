"""The experiment as a Keras 3 program.

Start weights are drawn by NumPy as on the page, numbers are float64, and batches follow the order of the table. The
names are those of https://keras.io/api/. Only its TensorFlow backend multiplies matrices in float64
(https://github.com/keras-team/keras/issues/23704), and even there momentum, penalties and the like are float32.
"""

from collections.abc import Sequence
from functools import partial

from engine.export.frozen_lines import KERAS_CONSTRAINT, keras_constraints
from engine.export.function_source import FunctionSources
from engine.export.program_head import (
    answer_section_lines,
    labelled_outputs,
    own_sources,
    print_weights_lines,
    program_head,
    program_without_equivalent,
    weights_names,
)
from engine.export.right_cells import right_rows
from engine.export.scaling_lines import earlier_rows, is_scaled, unscale_expression, whole_array
from engine.export.schedule_lines import StopRules, optimizers_of, output_heading, rate_change_lines, table_lines
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.types import Translation

IMPORTS = (
    "import keras",
    "import numpy as np",
    "",
    "# On TensorFlow as exact as NumPy's numbers, but for constants such as momentum, which Keras rounds to seven",
    "# digits; on its other back ends it rounds every product so",
    'keras.config.set_floatx("float64")',
)
LINEAR = Translation('"linear"')
EPSILON = "# Keras adds epsilon at another place than the page: where a gradient is nearly 0, results differ"
"""The comment on optimizers that divide by the gradient."""


def keras_script(experiment: Experiment) -> str:
    """Python source that trains the experiment with Keras and prints outputs, loss, weights and biases.

    If the loss is fused with the output's activation, the model ends before the activation and the loss takes logits.
    If Keras lacks a part of the experiment, the program only says which.

    >>> "keras.layers.Dense(1, " in keras_script(Experiment())
    True
    """
    e, loss, optimizers = experiment, LOSSES[experiment.loss], optimizers_of(experiment)
    functions = [function for name in e.activations if (function := ACTIVATIONS[name].keras)]
    if (
        len(functions) < len(e.activations)
        or loss.keras is None
        or any(not optimizer.keras for _, optimizer in optimizers)
    ):
        return program_without_equivalent(e, "Keras", "keras")
    fused = loss.fused_activation
    if fused:
        functions[-1] = LINEAR
    own = own_sources([*functions, loss.keras]) + [KERAS_CONSTRAINT] * bool(e.frozen)
    to_numpy = "keras.ops.convert_to_numpy(outputs)"
    outputs = "outputs" if is_scaled(e, "y") else to_numpy
    called = ["keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate_changes.get(epoch, rate))"]
    called = called * bool(e.rate_changes) + ["StopRules()"] * e.has_stop_rules
    title = "# The network of the page in Keras: python -m pip install numpy keras tensorflow"
    lines = [
        *program_head(e, title, IMPORTS, own, "{}.astype(float)"),
        "model = keras.Sequential(",
        "    [",
        f"        keras.Input(({e.shapes[0][0]},)),",
        *(dense_line(e, layer, function.expression) for layer, function in enumerate(functions)),
        "    ]",
        ")",
        *set_weights_lines(e),
        *([EPSILON] if any(optimizer.divides_by_gradient for _, optimizer in optimizers) else []),
        *optimizer_lines(e),
        f"loss_of = {loss.keras.expression}",
        *([] if has_turns(e) else ["model.compile(optimizer, loss_of)"]),
        *rate_change_lines(e),
        *table_lines(e, "inputs and answers", ("inputs", "wanted"), partial(earlier_rows, e)),
        *(stop_lines(e) if e.has_stop_rules else []),
        "",
        "# Train the network; for a small table most of the time goes by between the epochs",
        *([] if e.earlier_tables else [f"batch = {e.batch_size if e.batches > 1 else len(e.train_rows)}"]),
        *fit_lines(e, called),
        "",
        "# Testing the network",
        f"found = model({whole_array(e, 'X')}.astype(float))",
        f"outputs = keras.ops.{fused}(found)" if fused else "outputs = found",
        *([f"outputs = {unscale_expression(e, FunctionSources(), to_numpy)}"] if is_scaled(e, "y") else []),
        output_heading(e, "fitted.epoch[-1] + 1" if has_turns(e) else "len(fitted.epoch)"),
        f"print({labelled_outputs(e, outputs)})",
        'print("Loss:", float(loss_of(wanted, model(inputs))))',
        *get_weights_lines(e),
        *print_weights_lines(e),
        *answer_section_lines(e, outputs),
    ]
    return "\n".join(lines) + "\n"


def has_turns(e: Experiment) -> bool:
    """Whether the model is fitted several times, as its optimizer changes or its table."""
    return len(e.optimizer_spans) > 1 or bool(e.earlier_tables)


def optimizer_lines(e: Experiment) -> list[str]:
    """The lines that make the optimizer, or all that come one after the other, each with its first and last epoch."""
    made = [
        f"keras.optimizers.{(optimizer.keras or '').format(rate=repr(e.rate_after(start)))}"
        for start, optimizer in optimizers_of(e)
    ]
    if not has_turns(e):
        return [f"optimizer = {made[0]}"]
    turns = zip(e.optimizer_spans, made, strict=True)
    return [
        "optimizers = [  # one after the other, each from the end of an epoch to the end of another",
        *(f"    ({start}, {end}, {optimizer})," for (_, start, end), optimizer in turns),
        "]",
    ]


def fit_lines(e: Experiment, callbacks: Sequence[str]) -> list[str]:
    """The lines that train; for another optimizer the model is compiled anew, which leaves its weights alone."""
    fitted, given = "fitted = " * e.has_stop_rules, f", callbacks=[{', '.join(callbacks)}]" if callbacks else ""
    if not has_turns(e):
        return [
            f"{fitted}model.fit(inputs, wanted, batch_size=batch, epochs={e.epochs}, shuffle=False, verbose=0{given})"
        ]
    rows, batch, called = "inputs, wanted", "batch", ", callbacks=callbacks" * bool(callbacks)
    if e.earlier_tables:
        rows, batch = "given, answers", str(e.batch_size or "len(given)")
    arguments = [f"{rows}, batch_size={batch}, initial_epoch=start, epochs=end", f"shuffle=False, verbose=0{called}"]
    fit = [
        f"{fitted}model.fit(",
        *(map("    {},".format, arguments) if e.earlier_tables else [f"    {', '.join(arguments)}"]),
        ")",
        *(["if model.stop_training:", "    break"] if e.has_stop_rules else []),
    ]
    if e.earlier_tables:
        ends = (*(end for end, _, _ in e.earlier_tables), e.epochs)
        fit = [
            "# a turn of it for each table: the model goes on where it stood",
            f"for (first, (given, answers)), last in zip(tables.items(), {ends}):",
            "    start, end = max(first, begin), min(last, stop)",
            "    if start < end:",
            *(f"        {line}" for line in fit),
        ]
    begin, stop = ("begin", "stop") if e.earlier_tables else ("start", "end")
    return [
        *([f"callbacks = [{', '.join(callbacks)}]"] if callbacks else []),
        f"for {begin}, {stop}, optimizer in optimizers:",
        "    model.compile(optimizer, loss_of)",
        *(f"    {line}" for line in fit),
        *(["    if model.stop_training:", "        break"] if e.earlier_tables and e.has_stop_rules else []),
    ]


def stop_lines(e: Experiment) -> list[str]:
    """The lines of a class with the stop rules, which Keras calls after every epoch."""
    held_out, made = list(e.test_rows), "model(everything)"
    fused = LOSSES[e.loss].fused_activation
    made = f"keras.ops.convert_to_numpy({f'keras.ops.{fused}({made})' if fused else made})"
    rules = StopRules(
        loss="float(loss_of(wanted, model(inputs)))",
        held_out_loss=f"float(loss_of(goals[{held_out}], model(everything[{held_out}])))",
        all_right=right_rows(e, unscale_expression(e, FunctionSources(), made), "y"),
        action="self.model.stop_training = True",
        prefix="self.",
    )
    begin, kept = rules.before(e), list[str]()
    if begin and begin[0].startswith("kept"):
        kept, begin = begin[:1], begin[1:]
    # once before the first epoch, not before each of several optimizers
    name = "__init__(self)" if has_turns(e) else "on_train_begin(self, logs=None)"
    begin = begin if not has_turns(e) or not begin else ["super().__init__()", *begin]
    begins = [f"    def {name}:", *(f"        {line}" for line in begin), ""] if begin else []
    return [
        f"everything, goals = {whole_array(e, 'X')}.astype(float), {whole_array(e, 'y')}.astype(float)",
        *kept,
        "",
        "",
        "class StopRules(keras.callbacks.Callback):",
        *begins,
        "    def on_epoch_end(self, epoch, logs=None):",
        *(f"        {line}" for line in rules.after_epoch(e)),
        "",
    ]


def dense_line(e: Experiment, layer: int, function: str) -> str:
    """The line of one layer; the penalty in Keras is l2 w^2, on the page half of that."""
    penalty = f", kernel_regularizer=keras.regularizers.L1L2({e.l1!r}, {e.l2 / 2!r})" if e.l1 or e.l2 else ""
    more = penalty + keras_constraints(e, layer, weights_names(e))
    return f"        keras.layers.Dense({e.shapes[layer][1]}, activation={function}, use_bias={e.bias}{more}),"


def set_weights_lines(e: Experiment) -> list[str]:
    """The lines that set the model's weights to the start weights."""
    layers = enumerate(weights_names(e))
    if e.bias:
        return [f"model.layers[{index}].set_weights([{name}[:-1], {name}[-1]])" for index, name in layers]
    return [f"model.layers[{index}].set_weights([{name}])" for index, name in layers]


def get_weights_lines(e: Experiment) -> list[str]:
    """The lines that read the final weights, with the biases as their last rows."""
    layers = enumerate(weights_names(e))
    return [f"{name} = np.vstack(model.layers[{index}].get_weights())" for index, name in layers]
