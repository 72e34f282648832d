"""Frozen weights in an exported program: flags of them beside the weights, by which every update leaves them alone."""

from collections.abc import Sequence

from engine.model.experiment import Experiment

KERAS_CONSTRAINT = """class StayFrozen(keras.constraints.Constraint):
    def __init__(self, frozen, start):
        self.frozen, self.start = keras.ops.convert_to_tensor(frozen), keras.ops.convert_to_tensor(start)

    def __call__(self, values):
        return keras.ops.where(self.frozen, self.start, values)"""
"""Keras calls a constraint after every update."""


def frozen_layers(e: Experiment) -> list[int]:
    """The layers with frozen weights or biases, counted from 0."""
    return sorted({int(part.partition("[")[0][1:]) - 1 for part in e.frozen})


def frozen_name(weights: str) -> str:
    """What the program calls the flags of a layer, from what it calls the weights."""
    return weights.replace("weights", "frozen")


def frozen_lines(e: Experiment, names: Sequence[str]) -> list[str]:
    """The lines that flag what is frozen, as the weights with these names lie; none where nothing is."""
    lines = []
    for layer in frozen_layers(e):
        lines.append(f"{frozen_name(names[layer])} = np.zeros({names[layer]}.shape, dtype=bool)")
        for part in e.frozen:
            array, _, place = part.removesuffix("]").partition("[")
            if int(array[1:]) - 1 == layer:
                index = _bias_index(place) if array[0] == "b" else place.replace(",", ", ") or ":-1" * e.bias or ":"
                lines.append(f"{frozen_name(names[layer])}[{index}] = True")
    return lines


def _bias_index(place: str) -> str:
    return f"-1, {place}" if place else "-1"


def pytorch_frozen_lines(e: Experiment, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines that note what is frozen, before the training, and those that put it back, after an update."""
    before, cut = list[str](), "[:-1]" if e.bias else ""
    for layer in frozen_layers(e):
        flags, values = frozen_name(names[layer]), f"linear[{layer}]"
        before.append(f"    ({values}.weight, torch.tensor({flags}{cut}.T), {values}.weight.detach().clone()),")
        if e.bias:
            before.append(f"    ({values}.bias, torch.tensor({flags}[-1]), {values}.bias.detach().clone()),")
    if not before:
        return [], []
    after = [
        "with torch.no_grad():",
        "    for values, frozen, start in still:",
        "        values[frozen] = start[frozen]",
    ]
    return ["still = [  # what is frozen goes back to where it was after every update", *before, "]"], after


def keras_constraints(e: Experiment, layer: int, names: Sequence[str]) -> str:
    """The arguments of a layer that keep what is frozen of it; "" where nothing is."""
    if layer not in frozen_layers(e):
        return ""
    flags, weights, cut = frozen_name(names[layer]), names[layer], "[:-1]" if e.bias else ""
    bias = f", bias_constraint=StayFrozen({flags}[-1], {weights}[-1])" if e.bias else ""
    return f", kernel_constraint=StayFrozen({flags}{cut}, {weights}{cut}){bias}"
