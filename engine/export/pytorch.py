"""The experiment in the words of PyTorch, for those who go on.

The start weights come from the same draw in NumPy, the numbers are float64 and batches are taken in the table's order,
so that the results agree with the page's but for rounding. Names are those of https://pytorch.org/docs/stable/.
"""

from engine.export.program_head import print_weights_lines, program_head, weights_names
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.optimizers import ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON, MOMENTUM, RMSPROP_DECAY, RMSPROP_EPSILON

IMPORTS = (
    "import numpy as np",
    "import torch",
    "from torch import nn",
    "",
    "torch.set_default_dtype(torch.float64)  # as exact as NumPy's numbers",
)
MODULES: dict[str, str] = {
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(0.01)",
    "elu": "nn.ELU()",
    "softplus": "nn.Softplus(threshold=700)",
    "silu": "nn.SiLU()",
    "sine": "Sine()",
    "linear": "nn.Identity()",
    "softmax": "nn.Softmax(dim=-1)",
    "step": "Step()",
}
OWN: dict[str, str] = {
    "Sine()": """class Sine(nn.Module):
    def forward(self, z):
        return torch.sin(z)""",
    "Step()": """class Step(nn.Module):
    def forward(self, z):
        return (z > 0).to(z.dtype) + 0 * z  # so its slope is 0, not missing""",
}
"""Activations that PyTorch has no module for."""

MEASURES: dict[str, str] = {
    "half_squared_error": '0.5 * nn.functional.mse_loss(found, wanted, reduction="sum")',
    "mean_squared_error": "nn.functional.mse_loss(found, wanted)",
    "binary_cross_entropy": "nn.functional.binary_cross_entropy_with_logits(found, wanted)",
    "categorical_cross_entropy": "nn.functional.cross_entropy(found, wanted)",
}
OPTIMIZERS: dict[str, str] = {
    "sgd": "SGD(model.parameters(), lr={rate})",
    "momentum": f"SGD(model.parameters(), lr={{rate}}, momentum={MOMENTUM})",
    "rmsprop": f"RMSprop(model.parameters(), lr={{rate}}, alpha={RMSPROP_DECAY}, eps={RMSPROP_EPSILON})",
    "adam": f"Adam(model.parameters(), lr={{rate}}, betas=({ADAM_BETA1}, {ADAM_BETA2}), eps={ADAM_EPSILON})",
}

UNSTEADY = "# It divides by the gradient's size: where that all but cancels, rounding decides, and results drift apart"
"""Said of RMSprop and Adam."""


def pytorch(experiment: Experiment) -> str:
    """Python source that trains the experiment with PyTorch and prints outputs, loss, weights and biases.

    Where the loss is fused with the output's activation, the model ends before that and the loss is given the logits.

    >>> "nn.Linear(3, 1, bias=False)" in pytorch(Experiment())
    True
    """
    e = experiment
    modules: list[str] = []
    for (fan_in, fan_out), name in zip(e.shapes, e.activations, strict=True):
        modules += [f"nn.Linear({fan_in}, {fan_out}, bias={e.bias})", MODULES[name]]
    ending = modules.pop() if LOSSES[e.loss].fused_activation else ""
    own = [source for call, source in OWN.items() if call in modules]
    own.append(f"def loss_of(found, wanted):\n    return {MEASURES[e.loss]}")
    title = "# The network of the page in PyTorch: python -m pip install numpy torch"
    rows = "[rows]" if e.test_rows else ""
    lines = [
        *program_head(e, title, IMPORTS, own, "torch.tensor({}, dtype=torch.float64)"),
        "model = nn.Sequential(",
        *(f"    {module}," for module in modules),
        ")",
        "linear = [layer for layer in model if isinstance(layer, nn.Linear)]",
        "with torch.no_grad():  # PyTorch keeps the weights of a neuron in a row, NumPy's recipe in a column",
        *given(e),
        "",
        *([UNSTEADY] if e.optimizer in ("rmsprop", "adam") else []),
        f"optimizer = torch.optim.{OPTIMIZERS[e.optimizer].format(rate=repr(e.learning_rate))}",
        "",
        "# Train the network",
        f"for epoch in range({e.epochs}):",
        *training(e),
        "",
        "# Testing the network",
        "with torch.no_grad():",
        "    found = model(torch.tensor(X, dtype=torch.float64))",
        f"    outputs = {ending}(found)" if ending else "    outputs = found",
        f'print("Output after epoch {e.epochs}:")',
        "print(outputs.numpy())",
        f'print("Loss:", loss_of(found{rows}, torch.tensor(y{rows})).item())',
        *taken(e),
        *print_weights_lines(e),
    ]
    return "\n".join(lines) + "\n"


def training(e: Experiment) -> list[str]:
    """The lines of one epoch; autograd finds the gradients that the NumPy script writes out."""
    penalties = [f"{e.l2 / 2!r} * layer.weight.square().sum()"] if e.l2 else []
    penalties += [f"{e.l1!r} * layer.weight.abs().sum()"] if e.l1 else []
    small, cut = e.batches > 1, f"[start : start + {e.batch_size}]" if e.batches > 1 else ""
    lines = [f"for start in range(0, len(inputs), {e.batch_size}):"] if small else []
    update = ["optimizer.zero_grad()", f"loss = loss_of(model(inputs{cut}), wanted{cut})"]
    if penalties:
        update += ["for layer in linear:", f"    loss = loss + {' + '.join(penalties)}"]
    update += ["loss.backward()", "optimizer.step()"]
    lines += [f"    {line}" for line in update] if small else update
    return [f"    {line}" for line in lines]


def given(e: Experiment) -> list[str]:
    """The lines that put the start weights into the model."""
    cut, lines = "[:-1]" if e.bias else "", []
    for index, name in enumerate(weights_names(e)):
        lines.append(f"    linear[{index}].weight.copy_(torch.tensor({name}{cut}.T))")
        lines += [f"    linear[{index}].bias.copy_(torch.tensor({name}[-1]))"] if e.bias else []
    return lines


def taken(e: Experiment) -> list[str]:
    """The lines that take the final weights out again, the biases as their last rows."""
    lines = []
    for index, name in enumerate(weights_names(e)):
        lines.append(f"{name} = linear[{index}].weight.detach().numpy().T")
        lines += [f"{name} = np.vstack([{name}, linear[{index}].bias.detach().numpy()])"] if e.bias else []
    return lines
