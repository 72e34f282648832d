"""The start of every exported program: the table and the start weights, as Python source.

What a user typed is written as numbers, and as quoted column names in comments: never as code.
"""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.export.derived_lines import derived_lines
from engine.export.frozen_lines import frozen_lines
from engine.export.function_source import LINE_WIDTH, FunctionSources
from engine.export.right_cells import add_right_cells
from engine.export.scaling_lines import scaling_lines, trained_array, unscale_expression
from engine.export.schedule_lines import add_kept_epochs
from engine.export.training_loop import is_tutorial
from engine.model.activation_functions import Activation
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.initializers import INITIALIZERS
from engine.model.losses import LOSSES, Loss
from engine.model.optimizers import OPTIMIZERS, Optimizer
from engine.model.types import Translation
from engine.model.validation import TargetRows


@dataclass(frozen=True, slots=True)
class Section:
    """One step of a program: `words` are plain text, `formulas` LaTeX for the notebook, `code` Python."""

    title: str
    words: str
    code: str
    formulas: tuple[str, ...] = ()


def table_section(e: Experiment) -> Section:
    """X and y, all rows, and which of them are trained on where not all are."""
    columns = [("X", e.input_names), ("y", e.target_names)]
    told = [f"Columns of {name}: {', '.join(map(repr, titles))}." for name, titles in columns]
    kind = "" if is_tutorial(e) else ", dtype=float"
    code = [comment(line) for line in told] + [
        python_array("X", e.inputs, kind),
        "",
        python_array("y", e.targets, kind),
    ]
    if e.question_rows:
        code.append(f"questions = {list(e.question_rows)}  # rows without targets")
    if len(e.train_rows) < len(e.inputs):
        others = ["held out of training"] * bool(e.test_rows) + ["questions"] * bool(e.question_rows)
        code.append(f"rows = {list(e.train_rows)}  # the others are {' or '.join(others)}")
    for end, inputs, targets in e.earlier_tables:
        code += ["", f"# The rows that were trained on until epoch {end:,}", python_array(f"X_until_{end}", inputs)]
        code += ["", python_array(f"y_until_{end}", targets)]
    return Section(
        "Training dataset", "X holds the inputs, y the answers wanted; each row is an example.", "\n".join(code)
    )


def weights_section(e: Experiment, sources: FunctionSources) -> Section:
    """The start weights, drawn or set by hand, with the biases as their last rows."""
    names = weights_names(e)
    how, lines = INITIALIZERS[e.initializer], [] if e.initial_weights else [f"np.random.seed({e.seed})"]
    words = "Given by hand." if e.initial_weights else f"The seed makes chance repeatable. {how.label}: {how.about}"
    for index, (name, (fan_in, fan_out)) in enumerate(zip(names, e.shapes, strict=True)):
        if e.initial_weights:
            lines.append(python_array(name, e.initial_weights[index]))
        else:
            given = {"random": "np.random", "fan_in": str(fan_in), "fan_out": str(fan_out)}
            about = f"Start weights ({how.label}). {how.about}"
            lines.append(f"{name} = {sources.inline(how.draw, given, about, e.initializer)}")
    for index, (name, (_, fan_out)) in enumerate(zip(names, e.shapes, strict=True)):
        if e.bias:
            row = e.initial_biases[index] if e.initial_biases else (0.0,) * fan_out
            lines.append(f"{name} = np.vstack([{name}, [{', '.join(map(python_number, row))}]])")
    words += " The biases are one more row." if e.bias else ""
    lines += frozen_lines(e, names)
    words += " What is frozen stays as it is." if e.frozen else ""
    return Section("Initialize weights", words, "\n".join(lines))


def program_head(e: Experiment, title: str, imports: Sequence[str], own: Sequence[str], tensor: str) -> list[str]:
    """The lines of a PyTorch or Keras program before its model: imports, own definitions, table and start weights.

    `title` is a comment, `own` are functions or classes that the library lacks, and `tensor` is how the library takes
    an array: "torch.tensor({})".
    """
    sources = FunctionSources()
    scaling, start = scaling_lines(e, sources), weights_section(e, sources).code
    if e.stop_when_right:
        add_right_cells(e, sources)
    add_kept_epochs(e, sources)
    unscale_expression(e, sources, "outputs")  # so that a function that this needs is among the sources
    inputs, targets = trained_array(e, "X"), trained_array(e, "y")
    return [
        title,
        *math_import(sources.text() + start),
        *imports,
        *(f"\n\n{text}" for text in (sources.text(), *own) if text),
        "",
        "",
        "# Training dataset",
        table_section(e).code,
        *(["", "", "# Derived inputs", *derived_lines(e)] if e.derived else []),
        *(["", "# Scaling", *scaling] if scaling else []),
        f"inputs, wanted = {tensor.format(inputs)}, {tensor.format(targets)}",
        "",
        "# Initialize weights, as in NumPy",
        start,
        "",
    ]


def program_without_equivalent(e: Experiment, library: str, field: Literal["pytorch", "keras"]) -> str:
    """The program for an experiment with a part that the library lacks: it says which part, and ends."""
    parts: list[tuple[str, Activation | Loss | Optimizer]] = [
        *(("activation", ACTIVATIONS[name]) for name in dict.fromkeys(e.activations)),
        ("loss", LOSSES[e.loss]),
        *(("optimizer", OPTIMIZERS[name]) for name in dict.fromkeys(name for name, _, _ in e.optimizer_spans)),
    ]
    missing = " and ".join(f"the {kind} {part.label}" for kind, part in parts if getattr(part, field) is None)
    words = f"{library} has no equivalent of {missing}. The NumPy script trains this network."
    return f"raise SystemExit({words!r})\n"


def own_sources(translations: Sequence[Translation]) -> list[str]:
    """The source of the functions and classes that these translations define, each once."""
    return list(dict.fromkeys(translation.source for translation in translations if translation.source))


def weights_names(e: Experiment) -> list[str]:
    """The name of each layer's weights in the script."""
    layers = len(e.shapes)
    return [f"weights_{index + 1}" for index in range(layers)] if layers > 1 else ["weights"]


def print_weights_lines(e: Experiment) -> list[str]:
    """The lines that print all weights and biases to the last digit."""
    lines = []
    for name in weights_names(e):
        lines.append(f'print("{name} =", {name}{"[:-1]" if e.bias else ""}.tolist())')
        if e.bias:
            lines.append(f'print("{name.replace("weights", "biases")} =", {name}[-1].tolist())')
    return lines


def math_import(code: str) -> list[str]:
    """The line that imports `math`, if the code uses it."""
    return ["import math"] if re.search(r"\bmath\.", code) else []


def labelled_outputs(e: Experiment, outputs: str) -> str:
    """Of these outputs of the whole table those of rows with targets, as an expression."""
    return f"np.delete({outputs}, questions, axis=0)" if e.question_rows else outputs


def answer_lines(e: Experiment, outputs: str) -> list[str]:
    """The lines that print the answers to the questions, of these outputs of the whole table; none without any."""
    return ['print("Answers to the questions:")', f"print({outputs}[questions])"] if e.question_rows else []


def answer_section_lines(e: Experiment, outputs: str) -> list[str]:
    """The same under a heading, at the end of a program."""
    lines = answer_lines(e, outputs)
    return ["", "# Answer the questions: nothing was learned from them", *lines] if lines else []


def python_number(value: float | None) -> str:
    """A float as the shortest Python that is the same number: 1, not 1.0; a target that is not there as np.nan."""
    if value is None:
        return "np.nan"
    return str(int(value)) if value == int(value) else repr(value)


def python_array(name: str, rows: TargetRows, kind: str = ", dtype=float") -> str:
    """`name = np.array(...)`, a row a line."""
    begin = f"{name} = np.array(["
    lines = (f"[{', '.join(map(python_number, row))}]" for row in rows)
    return f"{begin}{(',' + chr(10) + ' ' * len(begin)).join(lines)}]{kind})"


def comment(words: str) -> str:
    """Words as comment lines."""
    return "\n".join(textwrap.wrap(words, LINE_WIDTH, initial_indent="# ", subsequent_indent="# "))
