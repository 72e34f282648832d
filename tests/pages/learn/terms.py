"""The terms of the course and the signs of its formulas: each with the lesson that explains it, and the words that do.

A term stands for its plural as well; a sign stands in formulas, those within the text included.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pages.widgets.learn.lessons.lesson import Lesson

TERMS = {
    "neuron": ("neuron", "A neuron adds."),
    "input": ("neuron", "It multiplies each input $x$ by a **weight** $w$"),
    "weight": ("neuron", "a **weight** $w$, which says how much that input counts"),
    "sum": ("neuron", "The sum of the products, $z$"),
    "activation function": (
        "neuron",
        "**activation function**, here the **sigmoid** $\\sigma$, which turns any number",
    ),
    "sigmoid": ("neuron", "the **sigmoid** $\\sigma$, which turns any number into one between 0 and 1"),
    "output": ("neuron", "one between 0 and 1: the neuron's output $o$"),
    "table": ("neuron", "The inputs come from a table."),
    "row": ("neuron", "Row 2, in the drawing, holds 1, 1, 1"),
    "target": ("neuron", "the **target**, the output that is wanted for this row"),
    "layer": ("layers", "Neurons stand in **layers**."),
    "hidden layer": ("layers", "Between them there may be **hidden layers**"),
    "hidden": ("layers", "Between them there may be **hidden layers**"),
    "bias": ("layers", "adds a number of its own to its sum: the **bias** $b$"),
    "trained": ("layers", "has been **trained**: its weights were adjusted, little by little"),
    "training": ("loop", "Training is one small move, repeated."),
    "matrix": ("matrix", "A **matrix** is a block of numbers in rows and columns."),
    "weight matrix": ("matrix", "All weights between two layers fit into one, the **weight matrix** $W$"),
    "shape": ("matrix", "The numbers of rows and columns are its **shape**"),
    "matrix product": ("matrix", "the **matrix product** of the two is $Z$, the sums of all rows at once"),
    "forward": ("loop", "**Forward**: compute the outputs of all rows."),
    "compare": ("loop", "**Compare**: the **loss** $L$ is one number"),
    "loss": ("loop", "the **loss** $L$ is one number for how far the outputs $o$ are from their targets $y$"),
    "adjust": ("loop", "**Adjust**: change every weight a little"),
    "learning rate": ("loop", "the **learning rate** $\\eta$ sets how big a step"),
    "epoch": ("loop", "Once through the table is an **epoch**"),
    "convergence": ("loop", "watch the outputs move towards their targets, which is called convergence"),
    "tanh": ("activation", "**tanh** has the same shape but goes from −1 to 1"),
    "ReLU": ("activation", "**ReLU** is 0 up to $z = 0$, and from there on the sum itself"),
    "bend": ("activation", "All of them bend"),
    "slope": ("activation", "a **slope**, written $\\sigma'$ or $\\tanh'$: how far the output moves"),
    "step function": ("activation", "0 where $z$ is below 0 and 1 where it is above"),
    "error": ("slope", "each row's **error**, output minus target"),
    "delta": ("slope", "Error times slope is the row's **delta**"),
    "share": ("slope", "the row's **share** in the change of that input's weight"),
    "backpropagation": ("backpropagation", "**Backpropagation** sends the delta of the output layer"),
    "logarithmic axis": ("epochs", "from 1 to 10 epochs takes as much room as from 10 to 100"),
    "log": ("epochs", "a **logarithmic axis**, or log for short"),
    "linear": ("epochs", "linear, where every epoch has the same room"),
    "XOR": ("xor", "**XOR** is the question whether two switches differ"),
    "symmetry": ("seeds", "Random numbers break this **symmetry**."),
    "seed": ("seeds", "a **seed**, a whole number that you choose"),
    "valley": ("rate", "think of the loss as a valley, with the best weight at the bottom"),
    "range": ("rate", "their **range**, the distance from the lowest to the highest"),
    "held out": ("rate", "**held out**: it is not trained on them"),
    "saturated": ("saturation", "it hardly learns: it is **saturated**"),
    "half squared error": ("saturation", "another loss than the one used so far, the **half squared error**"),
    "binary cross-entropy": ("saturation", "**Binary cross-entropy** is made for yes and no"),
}

SIGNS = {
    "x": ("neuron", "each input $x$"),
    "w": ("neuron", "a **weight** $w$"),
    "z": ("neuron", "The sum of the products, $z$"),
    "o": ("neuron", "the neuron's output $o$"),
    r"\sigma": ("neuron", "the **sigmoid** $\\sigma$"),
    "e": ("neuron", "$e$ is a fixed number, about 2.718"),
    "h": ("layers", "**hidden layers**, whose outputs $h$"),
    "f": ("layers", "$f$ for its activation function"),
    "W": ("layers", "with all weights $W$ into a layer"),
    "b": ("layers", "the **bias** $b$"),
    "X": ("matrix", "The inputs of all rows of the table are a matrix too, $X$"),
    "Z": ("matrix", "$Z$, the sums of all rows at once"),
    r"\sum": ("matrix", "add up: that is what $\\sum$ means"),
    "i": ("matrix", "the number in row $i$"),
    "j": ("matrix", "column $j$"),
    "k": ("matrix", "$k$ counts the products"),
    "L": ("loop", "the **loss** $L$"),
    "y": ("loop", "their targets $y$"),
    r"\partial": ("loop", "How much the loss grows if a weight $w$ grows a little is written"),
    r"\eta": ("loop", "the **learning rate** $\\eta$"),
    r"\leftarrow": ("loop", "(The arrow means “becomes”."),
    r"\tanh": ("activation", "a **slope**, written $\\sigma'$ or $\\tanh'$"),
    "'": ("activation", "a **slope**, written $\\sigma'$ or $\\tanh'$"),
    r"\delta": ("slope", "the row's **delta**, $\\delta$"),
    r"\Delta": ("slope", "that is its change, $\\Delta w$"),
    r"\odot": ("backpropagation", "$\\odot$ multiplies number by number"),
    r"\mathsf T": ("backpropagation", "turns rows into columns"),
    "A": ("seeds", "two hidden neurons, A and B, whose weights $w_A$"),
    "B": ("seeds", "two hidden neurons, A and B, whose weights $w_A$"),
}

LAYOUT = {r"\frac", r"\tfrac", r"\begin", r"\end", r"\qquad", r"\text", r"\operatorname", r"\Rightarrow"}
"""What is written in a formula and read by nobody as a sign; an arrow says by itself that one follows the other."""

FIELD = ("gradient", "batch", "optimizer", "derivative", "parameter", "vector", "tensor", "sample", "update")
"""Words of the field that no lesson explains, and so none uses."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence, a formula or a label of a lesson."""

    key: str
    text: str


def places(key: str, lesson: Lesson) -> Iterator[Place]:
    """All that a visitor reads of a lesson, in the order of reading; the title aside, which the list has anyway."""
    asked = lesson.question
    yield from (Place(key, sentence) for sentence in sentences(lesson.text_with_facts()))
    yield from (Place(key, f"${formula}$") for formula in lesson.formulas)
    labels = (lesson.vary, *lesson.variants)
    answers = (*asked.choices, asked.measure, asked.because, asked.network.name if asked.network else "")
    for words in (lesson.hint, *labels, asked.ask, *answers):
        yield from (Place(key, sentence) for sentence in sentences(words))


def sentences(text: str) -> list[str]:
    """A text's sentences; a colon ends none."""
    return re.split(r"(?<=[.!?])\)?\s+(?=[^a-z])", text)


def words_of(text: str) -> str:
    """A text without its formulas, but with the words in them."""
    return re.sub(r"\$(.+?)\$", lambda found: " ".join(re.findall(r"\\text\{(\w+)\}", found[1])), text)


def signs_of(text: str) -> list[str]:
    """The signs of a text's formulas; words in them, and braces, are none."""
    formulas = " ".join(re.findall(r"\$(.+?)\$", text))
    bare = re.sub(r"\\(?:text|operatorname|begin|end)\{\w+\}", "", formulas)
    return re.findall(r"\\mathsf T|\\[A-Za-z]+|[A-Za-z]|'", bare)


def uses_term(term: str, text: str) -> bool:
    """Whether a text has a term, or its plural."""
    return re.search(rf"(?<!\w){re.escape(term)}(?:s|es)?(?!\w)", words_of(text), re.IGNORECASE) is not None


def uses_sign(sign: str, text: str) -> bool:
    """Whether a formula in a text has a sign."""
    return sign in signs_of(text)
