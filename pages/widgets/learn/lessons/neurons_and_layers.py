"""What a network computes: neurons, layers, and their weights as a matrix."""

from engine import PRESETS
from pages.widgets.learn.lessons.facts import (
    final_outputs,
    final_weights,
    output_at_start,
    shape_text,
    with_hidden_layers,
    with_start_weights,
)
from pages.widgets.learn.lessons.lesson import AskedNetwork, Lesson, Question

TUTORIAL, ODD = PRESETS["tutorial"], PRESETS["parity"]

NEURONS_AND_LAYERS: dict[str, Lesson] = {
    "neuron": Lesson(
        title="A neuron",
        text="A neuron adds. It multiplies each input $x$ by a **weight** $w$, which says how much that input counts "
        "and in which direction: $x_1$ by $w_1$, and so on. The sum of the products, $z$, then goes through an "
        "**activation function**, here the **sigmoid** $\\sigma$, which turns any number into one between 0 and "
        "1: the neuron's output $o$. (In its formula $e$ is a fixed number, about 2.718.) The inputs come from a "
        "table. Row 2, in the drawing, holds 1, 1, 1: with the weights 9, 0 and −4 the sum is {z}, and the output "
        "is {o}. Beside it stands the **target**, the output that is wanted for this row. A blue line is a weight "
        "above 0, an orange one a weight below 0; the further from 0, the thicker the line.",
        formulas=(r"z = x_1 w_1 + x_2 w_2 + x_3 w_3", r"o = \sigma(z) = \frac{1}{1 + e^{-z}}"),
        facts={
            "z": lambda: output_at_start(with_start_weights(9, 0, -4), 1)[0],
            "o": lambda: output_at_start(with_start_weights(9, 0, -4), 1)[1],
        },
        vary="weights",
        variants={
            "9, 0, −4": with_start_weights(9, 0, -4, epochs=1),
            "1, 1, 1": with_start_weights(1, 1, 1, epochs=1),
            "−1, 0, 0": with_start_weights(-1, 0, 0, epochs=1),
        },
        first="9, 0, −4",
        hint="Other weights make another neuron. Choose a row below the drawing, and work out its output by hand.",
        charts=("network",),
        cursor=0,
        row=1,
        outcome=False,
        question=Question(
            ask="The weights are 1, 2 and −3, the inputs 1, 1 and 1. What is the output?",
            choices={"0": lambda o: float(o) == 0, "0.5": lambda o: float(o) == 0.5, "1": lambda o: float(o) == 1},
            number=lambda: output_at_start(with_start_weights(1, 2, -3), 1)[1],
            measure="Output",
            because="The products 1, 2 and −3 cancel, and the sigmoid of 0 is {number}, halfway between 0 and 1.",
            network=AskedNetwork("1, 2, −3", with_start_weights(1, 2, -3, epochs=1), cursor=0, row=1),
        ),
    ),
    "layers": Lesson(
        title="Layers",
        text="Neurons stand in **layers**. The input layer holds the numbers of a row, $x$, and the output layer gives "
        "the answer, $o$. Between them there may be **hidden layers**, whose outputs $h$ are the inputs of the "
        "next layer. Each neuron is joined to every neuron of the layer before, by lines with one weight each, "
        "and adds a number of its own to its sum: the **bias** $b$. In the formulas $x\\,W$ stands for the sums "
        "with all weights $W$ into a layer, and $f$ for its activation function; the small number says which "
        "layer. Here three switches are on, 1, or off, 0, and the network has been **trained**: its weights were "
        "adjusted, little by little, to give 1 where an odd number is on. A later lesson shows how.",
        formulas=(r"h = f_1(x\,W_1 + b_1)", r"o = f_2(h\,W_2 + b_2)"),
        vary="hidden neurons",
        variants={"none": with_hidden_layers(ODD), "4": ODD, "4, then 4": with_hidden_layers(ODD, 4, 4)},
        first="4",
        hint="Choose a row below the drawing. Then take the hidden layer away, or add a second one, and count the "
        "lines.",
        charts=("network",),
        row=1,
        question=Question(
            ask="A network has 3 inputs, a hidden layer of 5 neurons and 1 output. How many lines, and so how many "
            "weights, does it have? (Biases are not counted.)",
            choices={"8": lambda n: n == 8, "15": lambda n: n == 15, "20": lambda n: n == 20},
            number=lambda: sum(final_weights(with_hidden_layers(ODD, 5), layer).size for layer in (0, 1)),
            measure="Weights",
            because="3 inputs to 5 neurons are 15 lines, and 5 neurons to 1 output are 5 more: {number}.",
            network=AskedNetwork("5", with_hidden_layers(ODD, 5)),
        ),
    ),
    "matrix": Lesson(
        title="The weight matrix",
        text="A **matrix** is a block of numbers in rows and columns. All weights between two layers fit into one, the "
        "**weight matrix** $W$: a row for each input, a column for each neuron. The numbers of rows and columns "
        "are its **shape**: 3 inputs and 1 output make it {w}, the numbers on the lines. The inputs of all rows of "
        "the table are a matrix too, $X$, and the **matrix product** of the two is $Z$, the sums of all rows at once. "
        "To get the number in row $i$ and column $j$ of $Z$, multiply row $i$ of $X$ by column $j$ of $W$, number by "
        "number, and add up: that is what $\\sum$ means, and $k$ counts the products. Shapes must fit like dominoes: "
        "{x} times {w} gives {z}.",
        formulas=(r"Z = X\,W", r"Z_{ij} = \sum_k X_{ik}\,W_{kj}"),
        facts={
            "w": lambda: shape_text(final_weights(TUTORIAL)),
            "x": lambda: shape_text(TUTORIAL.inputs),
            "z": lambda: shape_text(final_outputs(TUTORIAL)),
        },
        vary="hidden neurons",
        variants={"none": TUTORIAL, "3": with_hidden_layers(TUTORIAL, 3), "4": with_hidden_layers(TUTORIAL, 4)},
        first="none",
        hint="A hidden layer makes two matrices out of one. Count the lines between two layers: rows times columns.",
        charts=("network",),
        question=Question(
            ask="A layer of 2 neurons stands between the 3 inputs and the output. What is the shape of its weight "
            "matrix?",
            choices={
                "2 × 3": lambda found: found == "2 × 3",
                "3 × 2": lambda found: found == "3 × 2",
                "6 × 1": lambda found: found == "6 × 1",
            },
            number=lambda: shape_text(final_weights(with_hidden_layers(TUTORIAL, 2))),
            measure="Shape of the first matrix",
            because="A row for each of 3 inputs, a column for each of 2 neurons: {number}.",
            network=AskedNetwork("2", with_hidden_layers(TUTORIAL, 2)),
        ),
    ),
}
