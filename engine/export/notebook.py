"""The NumPy script as a Jupyter notebook, with its explanations as text between the cells, and a plot of the loss."""

import json

from engine.export.program_head import Section
from engine.export.sections import sections
from engine.model.experiment import Experiment

PLOT = """try:
    import matplotlib.pyplot as plt
except ImportError:
    print("For the picture, install matplotlib: python -m pip install matplotlib")
else:
    figure, axes = plt.subplots()
    axes.plot(*zip(*losses), marker=".")
    axes.set_xscale("symlog")
    axes.set_yscale("log" if all(0 < loss < float("inf") for _, loss in losses) else "linear")
    axes.set_xlabel("Epoch")
    axes.set_ylabel("Loss")
    plt.show()"""

STEPS = r"""Every layer does the same two things on the way forward: it adds up its inputs, each times its weight,
and sends the sum through its activation.

$$ z = a W + b \qquad a' = f(z) $$

On the way back each weight learns how much it has to do with the error $e$, and moves a little, $\eta$ times that.

$$ \delta = e \cdot f'(z) \qquad W \leftarrow W + \eta \, a^T \delta \qquad e_{below} = \delta \, W^T $$"""


def notebook(experiment: Experiment) -> str:
    """The experiment as a Jupyter notebook, nbformat 4.5 (https://nbformat.readthedocs.io), as JSON text.

    Its code cells are the sections of the NumPy script, and one more that plots the loss if matplotlib is installed.
    """
    loss = Section("The loss, epoch by epoch", "Most is learned early, so the epochs are drawn on a log scale.", PLOT)
    opening = (
        f"# A neural network in NumPy\n\n{network_sentence(experiment)} Run the cells from top to bottom.\n\n{STEPS}"
    )
    cells: list[dict[str, object]] = [{"cell_type": "markdown", "metadata": {}, "source": opening}]
    for part in (*sections(experiment, watch=True), loss):
        formulas = [f"$$ {formula} $$" for formula in part.formulas]
        told = "\n\n".join([f"## {part.title}", *([part.words] if part.words else []), *formulas])
        cells.append({"cell_type": "markdown", "metadata": {}, "source": told})
        ran: dict[str, object] = {"execution_count": None, "outputs": []}
        cells.append({"cell_type": "code", "metadata": {}, "source": part.code, **ran})
    for index, cell in enumerate(cells):
        cell["id"] = f"cell-{index}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    document = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "cells": cells,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def network_sentence(experiment: Experiment) -> str:
    """The network in one sentence.

    >>> network_sentence(Experiment())
    'Inputs: 3. Layers: 1 sigmoid.'
    """
    units = (fan_out for _, fan_out in experiment.shapes)
    layers = (f"{count} {name}" for count, name in zip(units, experiment.activations, strict=True))
    return f"Inputs: {len(experiment.input_names)}. Layers: {', '.join(layers)}."
