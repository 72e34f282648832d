"""The lessons, in teaching order.

To add one, add an entry to LESSONS: its key is the lesson's link (/learn?lesson=key), and its position its number. The
page, the list and the count pick it up. Do not write a number that depends on a run: name it in the text and give it in
`facts`, or let the question's `number` compute it. Words come after the lesson that explains them, and controls after
the lesson that `introduces` them. tests/pages/learn/test_lessons.py then asks for a function of the
same name that checks what the lesson says, without the page.
"""

from dataclasses import replace

import numpy as np

from engine import ACTIVATIONS, LOSSES, PRESETS
from pages.charts.style.format import format_number
from pages.widgets.learn.lessons.facts import (
    all_correct_from,
    changed_weight_names,
    correct_row_count,
    different_neuron_count,
    final_outputs,
    final_weights,
    first_and_last_loss,
    largest_error,
    loss_drop,
    output_at_start,
    shape_text,
    weight_changes,
    with_hidden_layers,
    with_start_weights,
)
from pages.widgets.learn.lessons.lesson import EPOCH_AXIS, ON_CURVE, PLAYER, AskedNetwork, Lesson, Question

TUTORIAL, XOR, XOR_ALONE = PRESETS["tutorial"], PRESETS["xor"], PRESETS["xor_one_neuron"]
LINE, ODD = PRESETS["line"], PRESETS["parity"]


FIRST_UPDATE = replace(TUTORIAL, initializer="zeros", epochs=1)
SEVERED = replace(XOR, epochs=1, initial_weights=(((0.5, -0.3, 0.2), (0.1, 0.6, -0.4)), ((0,), (0,), (0,))))
FAST = replace(LINE, learning_rate=1.0, epochs=2)
ASKING = replace(TUTORIAL, inputs=(*TUTORIAL.inputs, (1, 0, 0)), targets=(*TUTORIAL.targets, (None,)))
ALIKE = replace(XOR, initial_weights=(((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)), ((0.5,), (0.5,), (0.5,))))

LESSONS: dict[str, Lesson] = {
    "neuron": Lesson(
        title="A neuron",
        text="A neuron adds. It multiplies each input $x$ by a **weight** $w$, which sets how much that input counts "
        "and in which direction, and adds up the products. The sum, $z$, then goes through an **activation function** "
        "$f$, here the sigmoid $\\sigma$, which turns any number into one between 0 and 1: the neuron's output $o$. In "
        "the drawing, row 2 of a table has the inputs 1, 1, 1: with the weights 9, 0 and −4 the sum is {z}, and the "
        "output is {o}. Beside it stands the **target**, the output that is wanted for this row. A blue line is a "
        "weight above 0, an orange one a weight below 0; the further from 0, the thicker the line.",
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
        text="Neurons stand in **layers**. The input layer holds the numbers of a row, and the output layer gives the "
        "answer $o$. Between them there may be **hidden layers**: their outputs $h$ are the inputs of the layer after "
        "them. Every neuron is joined to every neuron of the layer before, by lines with one weight each ($W$ stands "
        "for all of them), and adds a number of its own to its sum, the **bias** $b$. In the drawing three switches "
        "are on or off, and the network has been trained to give 1 where an odd number of them is on. A later lesson "
        "shows how that is done.",
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
        text="All weights between two layers fit into one table, the **weight matrix** $W$: a row for each input, a "
        "column for each neuron. So 3 inputs and 1 output make it {w}, rows first. The table of inputs $X$ has a row "
        "for each example, and the **matrix product** of the two is the sums $Z$ of all rows at once. Each of them is "
        "a row of $X$ times a column of $W$, number by number, added up: $\\sum$ means add up, here over the inputs, "
        "one $k$ after the other. Shapes must fit like dominoes: {x} times {w} gives {z}.",
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
    "loop": Lesson(
        title="The training loop",
        text="Training is one small move, repeated. **Forward**: compute the outputs of all rows. Here the rows are "
        "001, 111, 101 and 011, with the targets 0, 1, 1 and 0. **Compare**: the **loss** $L$ is one number for how "
        "far the outputs $o$ are from their targets $y$. **Adjust**: change every weight a little, in the direction "
        "that makes the loss smaller: $\\partial L / \\partial w$ is how the loss changes with $w$, and $\\eta$, the "
        "**learning rate**, is how big the step is. Once through the table is an **epoch**; after {few} epochs the "
        "loss of this neuron has gone from {before} to {after}.",
        formulas=(r"L = \tfrac12 \sum (o - y)^2", r"w \leftarrow w - \eta\,\frac{\partial L}{\partial w}"),
        facts={
            "few": lambda: 3,
            "before": lambda: first_and_last_loss(TUTORIAL)[0],
            "after": lambda: first_and_last_loss(replace(TUTORIAL, epochs=3))[1],
        },
        vary="epochs",
        variants={"3": replace(TUTORIAL, epochs=3), "30": replace(TUTORIAL, epochs=30), "10,000": TUTORIAL},
        first="3",
        hint="Press ▶ and watch the outputs move towards their targets, then give it more epochs. Buttons lead to the "
        "epoch from which all rows are right (on their target's side of 0.5), and to the steepest drop and the last "
        "improvement of the loss.",
        charts=("network", "outputs"),
        introduces=(PLAYER,),
        question=Question(
            ask="The row 1, 0, 0 is not in the table, so the network was not trained on it. After 10,000 epochs, what "
            "does it answer there?",
            choices={
                "Less than 0.1": lambda o: float(o) < 0.1,
                "About one half": lambda o: 0.1 <= float(o) <= 0.9,
                "More than 0.9": lambda o: float(o) > 0.9,
            },
            number=lambda: f"{final_outputs(ASKING)[-1, 0]:.8f}",
            measure="Output for 1, 0, 0",
            because="The output is {number}. In the table the target always equals the first input, so training has "
            "made the weight of x1 large, and the other two inputs of this row are 0. In the drawing it is row 5.",
            network=AskedNetwork("10,000, with 1, 0, 0", ASKING, row=4),
        ),
    ),
    "activation": Lesson(
        title="Activation functions",
        text="The **activation function** turns a neuron's sum into its output. The sigmoid gives numbers from 0 to 1, "
        "good for yes or no; tanh has the same shape but goes from −1 to 1; ReLU is 0 up to $z = 0$, and from there on "
        "the sum itself. All of them bend: without a bend, layers on top of each other could do no more than a single "
        "one. And each has a **slope**, $\\sigma'$ or $\\tanh'$: how far the output moves when the sum moves a little, "
        "which is what training goes by. In the pictures the large mark is the row chosen, and every other row has a "
        "small one.",
        formulas=(
            r"\sigma(z) = \frac{1}{1 + e^{-z}} \qquad \tanh(z) = \frac{e^z - e^{-z}}{e^z + e^{-z}}",
            r"\begin{aligned}\sigma'(z) &= \sigma(z)\,(1 - \sigma(z)) \\ \tanh'(z) &= 1 - \tanh^2(z)\end{aligned}",
        ),
        vary="activation",
        variants={
            ACTIVATIONS[name].label: replace(TUTORIAL, activations=(name,)) for name in ("sigmoid", "tanh", "relu")
        },
        first="Sigmoid",
        hint="Press ▶: training moves the rows along the curve. Which functions get all four right?",
        charts=ON_CURVE,
        question=Question(
            ask="The step function is 0 below zero and 1 above, and flat on both sides. In 10,000 epochs, how far "
            "does the weight that moves most get?",
            choices={
                "Nowhere": lambda way: float(way) == 0,
                "A little, less than 1": lambda way: 0 < float(way) < 1,
                "Far, 1 or more": lambda way: float(way) >= 1,
            },
            number=lambda: float(weight_changes(replace(TUTORIAL, activations=("step",))).max()),
            measure="Largest change of a weight",
            because="It changes by {number}. Where the curve is flat its slope is 0, and every change of a weight is a "
            "multiple of that slope.",
            network=AskedNetwork("Step", replace(TUTORIAL, activations=("step",))),
        ),
    ),
    "slope": Lesson(
        title="Error and slope",
        text="How much should a weight change? Start with all weights at 0: every output is {o}, so each row's "
        "**error**, output minus target, is one half, plus or minus. The **slope** of the sigmoid, {slope} here, says "
        "how strongly the output follows the sum. Error times slope is the row's **delta**, $\\delta$, and a weight's "
        "share of it is delta times its input: where the input is 0, so is the share. The shares of all rows are "
        "added up, and the weight moves the other way, by $\\eta$ times as much: that is its change, $\\Delta w$.",
        formulas=(r"\delta = (o - y)\,\sigma'(z)", r"\Delta w_i = -\eta \sum_{\text{rows}} x_i\,\delta"),
        facts={
            "o": lambda: output_at_start(with_start_weights(0, 0, 0), 1)[1],
            "slope": lambda: float(ACTIVATIONS["sigmoid"].slope(np.zeros(1))[0]),
        },
        vary="start weights",
        variants={
            "all 0": replace(TUTORIAL, initializer="zeros", epochs=100),
            "0 to 1": replace(TUTORIAL, epochs=100),
            "−1 to 1": replace(TUTORIAL, initializer="uniform_-1_1", epochs=100),
        },
        first="all 0",
        hint="Step through the first epochs with the arrow keys, and see which weights move, and which way.",
        charts=("network", "weights"),
        cursor=0,
        row=1,
        question=Question(
            ask="From zero weights, what does the very first update change? The rows are 001, 111, 101, 011, "
            "their targets 0, 1, 1, 0.",
            choices={
                "Only w1": lambda found: found == "w1",
                "w1 and w2": lambda found: found == "w1, w2",
                "All three": lambda found: found == "w1, w2, w3",
            },
            number=lambda: changed_weight_names(FIRST_UPDATE),
            measure="Weights that changed",
            because="The shares of x2 come once with plus and once with minus, those of x3 twice each, and cancel. "
            "What is left is {number}, the weight of the one column that the targets follow.",
            network=AskedNetwork("all 0, 1 epoch", FIRST_UPDATE),
        ),
    ),
    "backpropagation": Lesson(
        title="Backpropagation",
        text="Only the output has a target. What is the error of a hidden neuron? **Backpropagation** sends the "
        "output's delta, $\\delta_2$, back along the same lines: each hidden neuron receives it times the weight that "
        "joins them, so one that counts for more gets more of the error. Multiplied by the neuron's own slope, that is "
        "its delta, $\\delta_1$, and from there on everything is as before. One sweep forward and one sweep back give "
        "the change of every weight. In the formulas $\\odot$ multiplies number by number, and a raised "
        "${{}}^{{\\mathsf T}}$ turns rows into columns.",
        formulas=(
            r"\delta_1 = (\delta_2\,W_2^{\mathsf T}) \odot f_1'(Z_1)",
            r"\Delta W_1 = -\eta\,X^{\mathsf T}\delta_1",
        ),
        vary="hidden activation",
        variants={
            ACTIVATIONS[name].label: with_hidden_layers(XOR, 3, activation=name)
            for name in ("tanh", "sigmoid", "softplus")
        },
        first="Tanh",
        hint="On its way the error is also multiplied by the hidden neuron's slope. See what another function changes.",
        charts=("network", "weights"),
        question=Question(
            ask="The weights from the hidden neurons to the output all start at 0, those before them do not. How far "
            "does the first epoch move the weights of the first layer?",
            choices={
                "Not at all": lambda way: float(way) == 0,
                "A little, less than 0.1": lambda way: 0 < float(way) < 0.1,
                "0.1 or more": lambda way: float(way) >= 0.1,
            },
            number=lambda: float(weight_changes(SEVERED).max()),
            measure="Largest change in the first layer",
            because="The error is multiplied by 0 on its way back, so the change is {number}. The second layer does "
            "move, and from the second epoch on some of the error gets through.",
            network=AskedNetwork("0 at the end, 1 epoch", SEVERED),
        ),
    ),
    "epochs": Lesson(
        title="Why 10,000 epochs?",
        text="Of all the loss that 10,000 epochs take away, {share} is gone after the first hundred. The rest is "
        "polish, and it is slow by nature: the nearer an output is to its target, the smaller its error, and the "
        "flatter the sigmoid there, whose slope is $o\\,(1 - o)$, so the steps grow shorter and shorter. That is why "
        "the epochs in these pictures stand on a logarithmic axis, where each power of ten has the same room.",
        formulas=(r"\Delta w_i = -\eta \sum_{\text{rows}} x_i\,(o - y)\,o\,(1 - o)",),
        facts={"share": lambda: f"{loss_drop(replace(TUTORIAL, epochs=100)) / loss_drop(TUTORIAL):.0%}"},
        vary="epochs",
        variants={"100": replace(TUTORIAL, epochs=100), "1,000": replace(TUTORIAL, epochs=1_000), "10,000": TUTORIAL},
        first="10,000",
        hint="Switch the epoch axis to linear: the interesting part shrinks to the left edge.",
        charts=("outputs", "loss"),
        introduces=(EPOCH_AXIS,),
        question=Question(
            ask="Train twice as long, 20,000 epochs. How much of the largest error that 10,000 left is still there?",
            choices={
                "Next to nothing": lambda left: float(left) < 0.1,
                "A tenth to a half": lambda left: 0.1 <= float(left) < 0.5,
                "More than half": lambda left: float(left) >= 0.5,
            },
            number=lambda: largest_error(replace(TUTORIAL, epochs=20_000)) / largest_error(TUTORIAL),
            measure="Largest error at 20,000, as a share of that at 10,000",
            because="The share is {number}: twice the work, and most of that error is still there.",
            network=AskedNetwork("20,000", replace(TUTORIAL, epochs=20_000)),
        ),
    ),
    "xor": Lesson(
        title="When one neuron is not enough",
        text="XOR is the question whether two switches differ. One neuron answers yes where its sum is above 0 and no "
        "where it is below. But the sums at 00 and 11 add up to exactly as much as those at 01 and 10, while the first "
        "pair should be below 0 and the second above. That is impossible, whatever the weights and the bias $b$: one "
        "neuron can never learn it, and after {epochs} epochs its output is {o} in every row. A **hidden layer** gives "
        "the output neuron other inputs, whose sum can tell the rows apart.",
        formulas=(r"z_{00} + z_{11} = w_1 + w_2 + 2b = z_{01} + z_{10}",),
        facts={
            "epochs": lambda: XOR_ALONE.epochs,
            "o": lambda: ", ".join(sorted({format_number(o) for o in final_outputs(XOR_ALONE)[:, 0]})),
        },
        vary="hidden neurons",
        variants={"none": XOR_ALONE, "1": with_hidden_layers(XOR, 1), "3": XOR},
        first="none",
        hint="Give it hidden neurons, and count the rows that are right.",
        charts=("network", "outputs"),
        question=Question(
            ask="Three hidden neurons, but linear ones: the output of each is its sum, as it is. How many of the four "
            "rows does this network get right? (0.5 counts as not right.)",
            choices={
                "All four": lambda n: n == 4,
                "Three": lambda n: n == 3,
                "Fewer than three": lambda n: float(n) < 3,
            },
            number=lambda: correct_row_count(with_hidden_layers(XOR, 3, activation="linear")),
            measure="Rows right",
            because="It gets {number} right: sums of sums are only sums again, so it can do no more than one neuron, "
            "and its output is 0.5 in every row. The bend in the activation is what makes a layer worth having.",
            network=AskedNetwork("3, linear", with_hidden_layers(XOR, 3, activation="linear")),
        ),
    ),
    "seeds": Lesson(
        title="Symmetry and seeds",
        text="Why do the weights start at random numbers? Two hidden neurons whose weights are equal, those that lead "
        "in and those that lead out, get the same error and so the same change: they stay copies for ever. Random "
        "numbers break this **symmetry**. They come from a **seed**: the same seed always gives the same numbers, and "
        "so the same run, to the last digit. How well a network learns can depend on it: here seed 1 gets {stuck} of 4 "
        "rows right, seed 2 gets {learned}.",
        formulas=(
            r"W_0 = \operatorname{random}(\text{seed})",
            r"w_1 = w_2 \;\Rightarrow\; \Delta w_1 = \Delta w_2",
        ),
        facts={
            "stuck": lambda: correct_row_count(replace(with_hidden_layers(XOR, 2), seed=1)),
            "learned": lambda: correct_row_count(replace(with_hidden_layers(XOR, 2), seed=2)),
        },
        vary="seed",
        variants={str(seed): replace(with_hidden_layers(XOR, 2), seed=seed) for seed in (1, 2, 3, 4)},
        first="2",
        hint="Two hidden neurons are only just enough for XOR. With which seeds is it learned?",
        charts=("network", "outputs"),
        question=Question(
            ask="Three hidden neurons learn XOR, but every start weight is 0.5. How many different hidden neurons "
            "are there after 5,000 epochs?",
            choices={"Three": lambda n: n == 3, "Two": lambda n: n == 2, "One, three times": lambda n: n == 1},
            number=lambda: different_neuron_count(ALIKE),
            measure="Different hidden neurons",
            because="Only {number}: equal at the start, changed equally, and so equal for ever. Three neurons do the "
            "work of one.",
            network=AskedNetwork("all 0.5", ALIKE),
        ),
    ),
    "rate": Lesson(
        title="The learning rate",
        text="The slope of the loss says which way is down for each weight; the **learning rate** $\\eta$ says how "
        "far. Too small, and training crawls. Too large, and a step jumps over the valley of the loss and lands "
        "higher up on the other side, from where the next jump is larger still. Here a neuron without a bend fits a "
        "straight line to hours of study and marks; at a rate of 0.05 all marks that it learns from are right, to "
        "within a tenth of their range, by epoch {by}. Two rows are **held out**: it is not trained on them, and their "
        "lines are dotted.",
        formulas=(r"w \leftarrow w - \eta\,\frac{\partial L}{\partial w}",),
        facts={"by": lambda: all_correct_from(LINE)},
        vary="learning rate",
        variants={f"{rate:g}": replace(LINE, learning_rate=rate) for rate in (0.001, 0.05, 0.2)},
        first="0.05",
        hint="One of these rates is too small, and one is too large. What does each look like?",
        charts=("outputs", "loss"),
        question=Question(
            ask="At rate 1, twenty times 0.05: what has happened to the loss after the first 2 epochs?",
            choices={
                "It has shrunk": lambda factor: float(factor) < 0.9,
                "It is much the same": lambda factor: 0.9 <= float(factor) <= 1.1,
                "It has grown": lambda factor: float(factor) > 1.1,
            },
            number=lambda: first_and_last_loss(FAST)[1] / first_and_last_loss(FAST)[0],
            measure="Loss after 2 epochs, as a multiple of the loss before",
            because="The loss is {number} times what it was. A bigger step is only faster as long as it does not jump "
            "over the goal.",
            network=AskedNetwork("1, 2 epochs", FAST),
        ),
    ),
    "saturation": Lesson(
        title="Saturation",
        text="Far from 0 the sigmoid is flat: at $z = -10$ its slope is {slope}. A neuron whose output is wrong there "
        "has a large error, but error times slope is next to nothing, so it hardly learns: it is **saturated**. Here "
        "the weight of x1 starts on the wrong side, and the further out it is, the longer it takes to come back. One "
        "cure is another loss than the one used so far, the half squared error: with {loss} the slope cancels, and "
        "from −10 all rows are right by epoch {cure}.",
        formulas=(r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z))", r"\delta = (o - y)\,\sigma'(z)"),
        facts={
            "slope": lambda: float(ACTIVATIONS["sigmoid"].slope(np.array([-10.0]))[0]),
            "loss": lambda: LOSSES["binary_cross_entropy"].label.lower(),
            "cure": lambda: all_correct_from(with_start_weights(-10, 0, 0, loss="binary_cross_entropy")),
        },
        vary="start weight of x1",
        variants={
            **{f"−{size}": with_start_weights(-size, 0, 0) for size in (3, 5, 10)},
            "−10, other loss": with_start_weights(-10, 0, 0, loss="binary_cross_entropy"),
        },
        first="−5",
        hint="Watch how long the outputs that should be 1 lie still at the bottom, and what the other loss does about "
        "it.",
        charts=("outputs", "weights"),
        question=Question(
            ask="The weight of x1 starts at −20, with the half squared error. How many of the four rows are right "
            "after 10,000 epochs?",
            choices={"All four": lambda n: n == 4, "Two": lambda n: n == 2, "None": lambda n: n == 0},
            number=lambda: correct_row_count(with_start_weights(-20, 0, 0)),
            measure="Rows right",
            because="Only {number}: the rows with x1 = 0 do not depend on that weight and are learned. In the others "
            "the slope is so small that 10,000 epochs hardly move it.",
            network=AskedNetwork("−20", with_start_weights(-20, 0, 0)),
        ),
    ),
}
