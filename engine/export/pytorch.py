"""The experiment as a PyTorch program.

Start weights are drawn by NumPy as on the page, numbers are float64, and batches follow the order of the table, so the
results agree with the page's up to rounding. The names are those of https://pytorch.org/docs/stable/.
"""

from functools import partial

from engine.export.frozen_lines import pytorch_frozen_lines
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
from engine.export.scaling_lines import (
    earlier_rows,
    is_scaled,
    train_rows_index,
    trained_array,
    unscale_expression,
    whole_array,
)
from engine.export.schedule_lines import StopRules, optimizers_of, output_heading, rate_change_lines, table_lines
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES

IMPORTS = (
    "import numpy as np",
    "import torch",
    "from torch import nn",
    "",
    "torch.set_default_dtype(torch.float64)  # as exact as NumPy's numbers",
)
UNSTEADY = "# It divides by the gradient's size: where that all but cancels, rounding decides, and results drift apart"
"""The comment on optimizers that divide by the gradient."""


def pytorch_script(experiment: Experiment) -> str:
    """Python source that trains the experiment with PyTorch and prints outputs, loss, weights and biases.

    If the loss is fused with the output's activation, the model ends before the activation and the loss takes logits.
    If PyTorch lacks a part of the experiment, the program only says which.

    >>> "nn.Linear(3, 1, bias=False)" in pytorch_script(Experiment())
    True
    """
    e, loss, optimizers = experiment, LOSSES[experiment.loss], optimizers_of(experiment)
    functions = [function for name in e.activations if (function := ACTIVATIONS[name].pytorch)]
    if (
        len(functions) < len(e.activations)
        or loss.pytorch is None
        or any(not optimizer.pytorch for _, optimizer in optimizers)
    ):
        return program_without_equivalent(e, "PyTorch", "pytorch")
    modules: list[str] = []
    for (fan_in, fan_out), function in zip(e.shapes, functions, strict=True):
        modules += [f"nn.Linear({fan_in}, {fan_out}, bias={e.bias})", function.expression]
    ending = modules.pop() if loss.fused_activation else ""
    own = own_sources([*functions, loss.pytorch])
    own.append(f"def loss_of(found, wanted):\n    return {loss.pytorch.expression}")
    title = "# The network of the page in PyTorch: python -m pip install numpy torch"
    rows, targets = train_rows_index(e), trained_array(e, "y")
    outputs = "outputs" if is_scaled(e, "y") else "outputs.numpy()"
    stop = stop_lines(e, ending) if e.has_stop_rules else ([], [])
    lines = [
        *program_head(e, title, IMPORTS, own, "torch.tensor({}, dtype=torch.float64)"),
        "model = nn.Sequential(",
        *(f"    {module}," for module in modules),
        ")",
        "linear = [layer for layer in model if isinstance(layer, nn.Linear)]",
        "with torch.no_grad():  # PyTorch keeps the weights of a neuron in a row, NumPy's recipe in a column",
        *set_weights_lines(e),
        "",
        *optimizer_lines(e),
        *pytorch_frozen_lines(e, weights_names(e))[0],
        *rate_change_lines(e),
        *table_lines(e, "inputs and answers", ("inputs", "wanted"), partial(tensors_before, e)),
        *stop[0],
        "",
        "# Train the network",
        f"for epoch in range({e.epochs}):",
        *epoch_lines(e),
        *(f"    {line}" for line in stop[1]),
        "",
        "# Testing the network",
        "with torch.no_grad():",
        f"    found = model(torch.tensor({whole_array(e, 'X')}, dtype=torch.float64))",
        f"    outputs = {ending}(found)" if ending else "    outputs = found",
        *([f"outputs = {unscale_expression(e, FunctionSources(), 'outputs.numpy()')}"] if is_scaled(e, "y") else []),
        output_heading(e, "epoch + 1"),
        f"print({labelled_outputs(e, outputs)})",
        f'print("Loss:", loss_of(found{rows}, torch.tensor({targets})).item())',
        *get_weights_lines(e),
        *print_weights_lines(e),
        *answer_section_lines(e, outputs),
    ]
    return "\n".join(lines) + "\n"


def optimizer_lines(e: Experiment) -> list[str]:
    """The lines that make the optimizer, and those that come after it; a new one remembers nothing."""
    optimizers = optimizers_of(e)
    (_, first), *later = [
        (start, f"torch.optim.{(optimizer.pytorch or '').format(rate=repr(e.rate_after(start)))}")
        for start, optimizer in optimizers
    ]
    lines = [UNSTEADY] if any(optimizer.divides_by_gradient for _, optimizer in optimizers) else []
    lines.append(f"optimizer = {first}")
    if later:
        lines.append("optimizer_changes = {  # another optimizer after so many epochs")
        lines += [*(f"    {start}: {made}," for start, made in later), "}"]
    return lines


def stop_lines(e: Experiment, ending: str) -> tuple[list[str], list[str]]:
    """The lines of the stop rules, before the training and after an epoch."""
    held_out, made = list(e.test_rows), f"{ending}(model(everything))" if ending else "model(everything)"
    answers = unscale_expression(e, FunctionSources(), f"{made}.detach().numpy()")
    rules = StopRules(
        loss="loss_of(model(inputs), wanted).item()",
        held_out_loss=f"loss_of(model(everything[{held_out}]), goals[{held_out}]).item()",
        all_right=right_rows(e, answers, "y"),
    )
    tables = f"torch.tensor({whole_array(e, 'X')}, dtype=torch.float64), torch.tensor({whole_array(e, 'y')})"
    return [f"everything, goals = {tables}", *rules.before(e)], rules.after_epoch(e)


def tensors_before(e: Experiment, inputs: str, targets: str) -> tuple[str, str]:
    """The rows of an earlier table as tensors, by the names of its arrays."""
    seen, wanted = earlier_rows(e, inputs, targets)
    return f"torch.tensor({seen}, dtype=torch.float64)", f"torch.tensor({wanted}, dtype=torch.float64)"


def epoch_lines(e: Experiment) -> list[str]:
    """The lines of one epoch; autograd computes the gradients that the NumPy script writes out."""
    penalties = [f"{e.l2 / 2!r} * layer.weight.square().sum()"] if e.l2 else []
    penalties += [f"{e.l1!r} * layer.weight.abs().sum()"] if e.l1 else []
    small = any(table.batches > 1 for table in e.tables)
    cut, given, answers = f"[start : start + {e.batch_size}]" * small, "inputs", "wanted"
    rate = ["for group in optimizer.param_groups:", '    group["lr"] = rate_changes.get(epoch, group["lr"])']
    lines = ["optimizer = optimizer_changes.get(epoch, optimizer)"] if len(e.optimizer_spans) > 1 else []
    lines += rate if e.rate_changes else []
    if e.earlier_tables:  # the names of the rows of the last one stay theirs
        given, answers = "given", "answers"
        lines += ["if epoch in tables:", f"    {given}, {answers} = tables[epoch]"]
    lines += [f"for start in range(0, len({given}), {e.batch_size}):"] if small else []
    update = ["optimizer.zero_grad()", f"loss = loss_of(model({given}{cut}), {answers}{cut})"]
    if penalties:
        update += ["for layer in linear:", f"    loss = loss + {' + '.join(penalties)}"]
    update += ["loss.backward()", "optimizer.step()", *pytorch_frozen_lines(e, weights_names(e))[1]]
    lines += [f"    {line}" for line in update] if small else update
    return [f"    {line}" for line in lines]


def set_weights_lines(e: Experiment) -> list[str]:
    """The lines that set the model's weights to the start weights."""
    cut, lines = "[:-1]" if e.bias else "", []
    for index, name in enumerate(weights_names(e)):
        lines.append(f"    linear[{index}].weight.copy_(torch.tensor({name}{cut}.T))")
        lines += [f"    linear[{index}].bias.copy_(torch.tensor({name}[-1]))"] if e.bias else []
    return lines


def get_weights_lines(e: Experiment) -> list[str]:
    """The lines that read the final weights, with the biases as their last rows."""
    lines = []
    for index, name in enumerate(weights_names(e)):
        lines.append(f"{name} = linear[{index}].weight.detach().numpy().T")
        lines += [f"{name} = np.vstack([{name}, linear[{index}].bias.detach().numpy()])"] if e.bias else []
    return lines
