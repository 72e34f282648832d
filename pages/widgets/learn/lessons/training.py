"""How a network is trained: the loop, and where each change of a weight comes from."""

from dataclasses import replace

import numpy as np

from engine import ACTIVATIONS, PRESETS
from pages.widgets.learn.lessons.facts import (
    changed_weight_names,
    final_outputs,
    first_and_last_loss,
    output_at_start,
    weight_changes,
    with_hidden_layers,
    with_start_weights,
)
from pages.widgets.learn.lessons.lesson import ON_CURVE, PLAYER, AskedNetwork, Lesson, Question

TUTORIAL, XOR = PRESETS["tutorial"], PRESETS["xor"]

FIRST_UPDATE = replace(TUTORIAL, initializer="zeros", epochs=1)
SEVERED = replace(XOR, epochs=1, initial_weights=(((0.5, -0.3, 0.2), (0.1, 0.6, -0.4)), ((0,), (0,), (0,))))
ASKING = replace(TUTORIAL, inputs=(*TUTORIAL.inputs, (1, 0, 0)), targets=(*TUTORIAL.targets, (None,)))

TRAINING: dict[str, Lesson] = {
    "loop": Lesson(
        title="The training loop",
        text="Training is one small move, repeated. **Forward**: compute the outputs of all rows. Here the rows are "
        "001, 111, 101 and 011, with the targets 0, 1, 1 and 0. **Compare**: the **loss** $L$ is one number for "
        "how far the outputs $o$ are from their targets $y$. **Adjust**: change every weight a little, so that "
        "the loss becomes smaller. How much the loss grows if a weight $w$ grows a little is written $\\partial L "
        "/ \\partial w$; the weight takes a step the other way, and the **learning rate** $\\eta$ sets how big a "
        "step. (The arrow means “becomes”.) Once through the table is an **epoch**; after {few} epochs the loss "
        "of this neuron has gone from {before} to {after}.",
        formulas=(r"L = \tfrac12 \sum (o - y)^2", r"w \leftarrow w - \eta\,\frac{\partial L}{\partial w}"),
        facts={
            "few": lambda: 3,
            "before": lambda: first_and_last_loss(TUTORIAL)[0],
            "after": lambda: first_and_last_loss(replace(TUTORIAL, epochs=3))[1],
        },
        vary="epochs",
        variants={"3": replace(TUTORIAL, epochs=3), "30": replace(TUTORIAL, epochs=30), "10,000": TUTORIAL},
        first="3",
        hint="Press ▶ and watch the outputs move towards their targets, which is called convergence. Then give it more "
        "epochs. Buttons lead to the epoch from which all rows are right (on their target's side of 0.5), and to the "
        "steepest drop and the last improvement of the loss.",
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
            network=AskedNetwork("10,000 (with 1, 0, 0)", ASKING, row=4),
        ),
    ),
    "activation": Lesson(
        title="Activation functions",
        text="The activation function turns a neuron's sum into its output. The sigmoid gives numbers from 0 to 1, "
        "good for yes or no; **tanh** has the same shape but goes from −1 to 1; **ReLU** is 0 up to $z = 0$, and "
        "from there on the sum itself. All of them bend: without a bend, layers on top of each other could do no "
        "more than a single one. And each has a **slope**, written $\\sigma'$ or $\\tanh'$: how far the output "
        "moves when the sum moves a little. Training goes by it: where the curve is steep, weights take large "
        "steps. In the pictures the large mark is the row chosen, and every other row has a small one.",
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
            ask="The step function is another activation function: 0 where $z$ is below 0 and 1 where it is above, "
            "flat on both sides. With it, how far does the weight that moves most get in 10,000 epochs?",
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
        "**error**, output minus target, is one half, plus or minus. The slope of the sigmoid, {slope} here, says "
        "how strongly the output follows the sum. Error times slope is the row's **delta**, $\\delta$. Delta "
        "times an input is the row's **share** in the change of that input's weight: none where the input is 0. "
        "The shares of all rows are added up, and the weight moves the other way, by $\\eta$ times as much: that "
        "is its change, $\\Delta w$. The small $i$ is the number of the input: $w_1$ is the weight of x1, and the "
        "curves have the names of the inputs.",
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
        hint="Go through the first epochs one by one, and see which weights move, and which way.",
        charts=("network", "weights"),
        cursor=0,
        row=1,
        question=Question(
            ask="From zero weights, which weights does the first epoch change? The rows are 001, 111, 101, 011, their "
            "targets 0, 1, 1, 0.",
            choices={
                "Only w1": lambda found: found == "w1",
                "w1 and w2": lambda found: found == "w1, w2",
                "All three": lambda found: found == "w1, w2, w3",
            },
            number=lambda: changed_weight_names(FIRST_UPDATE),
            measure="Weights that changed",
            because="Of the shares for x2 one is above 0 and one below, of those for x3 two and two, and they cancel. "
            "What is left is {number}, the weight of x1, the one column that the targets follow.",
            network=AskedNetwork("all 0 (1 epoch)", FIRST_UPDATE),
        ),
    ),
    "backpropagation": Lesson(
        title="Backpropagation",
        text="Only the output has a target. What is the error of a hidden neuron? **Backpropagation** sends the delta "
        "of the output layer, $\\delta_2$, back along the same lines: each hidden neuron receives it times the "
        "weight between them, so a larger weight brings more of it. Multiplied by the hidden neuron's own slope, "
        "that is the delta of its layer, $\\delta_1$, and from there on everything is as before. One pass forward "
        "and one pass back give the change of every weight. In the formulas $\\odot$ multiplies number by number, "
        "and a raised ${{}}^{{\\mathsf T}}$ turns rows into columns.",
        formulas=(
            r"\delta_1 = (\delta_2\,W_2^{\mathsf T}) \odot f_1'(Z_1)",
            r"\Delta W_1 = -\eta\,X^{\mathsf T}\delta_1",
        ),
        vary="hidden activation",
        variants={
            ACTIVATIONS[name].label: with_hidden_layers(XOR, 3, activation=name) for name in ("tanh", "sigmoid", "relu")
        },
        first="Tanh",
        hint="On its way back the delta is multiplied by the hidden neuron's slope. See what another function changes.",
        charts=("network", "weights"),
        question=Question(
            ask="The weights from the hidden neurons to the output all start at 0, those before them do not. How far "
            "does the first epoch move the weights that lead into the hidden neurons?",
            choices={
                "Not at all": lambda way: float(way) == 0,
                "A little, less than 0.1": lambda way: 0 < float(way) < 0.1,
                "0.1 or more": lambda way: float(way) >= 0.1,
            },
            number=lambda: float(weight_changes(SEVERED).max()),
            measure="Largest change of a weight into a hidden neuron",
            because="On its way back the delta is multiplied by 0, so the change is {number}. The weights to the "
            "output do move, and from the second epoch on some of the delta gets through.",
            network=AskedNetwork("0 at the end", SEVERED),
        ),
    ),
}
