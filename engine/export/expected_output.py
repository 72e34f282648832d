"""The expected output of an exported program, word for word, from the history of a finished run."""

import numpy as np

from engine.export.program_head import weights_names
from engine.export.training_loop import is_tutorial
from engine.model.network import ForwardPass, loss_over_rows
from engine.model.targets import correct_rows
from engine.training.history import History
from engine.training.recorder import record
from engine.training.stacked_forward import network_outputs
from engine.training.train import train


def expected_output(history: History, measured: bool = True) -> str:
    """What the exported program of a finished run prints; `measured` adds the count of right rows (NumPy only).

    A program does not stop when a run diverges, so neither does this. In PyTorch and Keras the last digits may differ.

    >>> from engine import Experiment, record
    >>> expected_output(record(Experiment(epochs=1))).splitlines()[5:7]
    ['Output after epoch 1:', '[[0.46673252]']
    """
    e = history.experiment
    if e.has_stop_rules and not history.is_finished:
        history = record(e)
    step = history.state_at(None)
    if history.stopped_at is None and step.epoch < e.epochs:
        step = next(train(e, [e.epochs], step))
    logits, made = network_outputs(e, step, e.input_array)
    passed, targets, outputs, lines = (
        ForwardPass((logits,), (made,)),
        e.target_array,
        e.unscale_outputs(made),
        list[str](),
    )
    if measured and is_tutorial(e):
        before = history.state_at(e.epochs - 1)
        lines += ["Output after training:", str(network_outputs(e, before, e.input_array)[1])]
    lines += [f"Output after epoch {step.epoch}:", str(outputs[list(e.labelled_rows)])]
    if measured and not np.isfinite(outputs).all():
        lines.append("The numbers grew past all bounds: try a smaller learning rate.")
    lines.append(f"Loss: {loss_over_rows(e, passed, targets, np.array(e.train_rows))}")
    if measured:
        held_out, right = list(e.test_rows), correct_rows(e, outputs)
        if held_out:
            lines.append(f"Loss of the rows held out: {loss_over_rows(e, passed, targets, np.array(held_out))}")
        lines.append(f"Rows right: {right[list(e.train_rows)].sum()} of {len(e.train_rows)}")
        if held_out:
            lines.append(f"Held-out rows right: {right[held_out].sum()} of {len(held_out)}")
    for index, name in enumerate(weights_names(e)):
        lines.append(f"{name} = {step.weights[index].tolist()}")
        if e.bias:
            lines.append(f"{name.replace('weights', 'biases')} = {step.biases[index].tolist()}")
    if e.question_rows:
        lines += ["Answers to the questions:", str(outputs[list(e.question_rows)])]
    return "\n".join(lines)
