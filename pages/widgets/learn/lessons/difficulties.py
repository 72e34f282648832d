"""What makes training slow, or stops it: small steps, too few neurons, equal weights, a wrong rate, a flat curve."""

from dataclasses import replace

import numpy as np

from engine import ACTIVATIONS, LOSSES, PRESETS
from pages.charts.style.format import format_number
from pages.widgets.learn.lessons.facts import (
    all_correct_from,
    correct_row_count,
    different_neuron_count,
    final_outputs,
    first_and_last_loss,
    largest_error,
    loss_drop,
    with_hidden_layers,
    with_start_weights,
)
from pages.widgets.learn.lessons.lesson import EPOCH_AXIS, AskedNetwork, Lesson, Question

TUTORIAL, XOR, XOR_ALONE, LINE = (PRESETS[name] for name in ("tutorial", "xor", "xor_one_neuron", "line"))

FAST = replace(LINE, learning_rate=1.0, epochs=2)
ALIKE = replace(XOR, initial_weights=(((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)), ((0.5,), (0.5,), (0.5,))))

DIFFICULTIES: dict[str, Lesson] = {
    "epochs": Lesson(
        title="Why 10,000 epochs?",
        text="Of all the loss that 10,000 epochs take away, {share} is gone after the first hundred. The rest takes so "
        "long because the steps grow shorter and shorter: the nearer an output is to its target, the smaller its "
        "error, and the flatter the sigmoid there, whose slope is $o\\,(1 - o)$. To show the fast start and the "
        "slow end, these pictures have a **logarithmic axis**, or log for short: from 1 to 10 epochs takes as "
        "much room as from 10 to 100, or from 100 to 1,000. The small numbers of the loss are drawn the same way.",
        formulas=(r"\Delta w_i = -\eta \sum_{\text{rows}} x_i\,(o - y)\,o\,(1 - o)",),
        facts={"share": lambda: f"{loss_drop(replace(TUTORIAL, epochs=100)) / loss_drop(TUTORIAL):.0%}"},
        vary="epochs",
        variants={"100": replace(TUTORIAL, epochs=100), "1,000": replace(TUTORIAL, epochs=1_000), "10,000": TUTORIAL},
        first="10,000",
        hint="Switch the epoch axis to linear, where every epoch has the same room: the start shrinks to the edge. "
        "(From here on very large and very small numbers are written short: 2.9e6 is 2.9 with its point moved six "
        "places to the right, 2.9e-6 six places to the left.)",
        charts=("outputs", "loss"),
        introduces=(EPOCH_AXIS,),
        question=Question(
            ask="Train twice as long, 20,000 epochs. How much is still there of the largest error that 10,000 left?",
            choices={
                "Next to nothing": lambda left: float(left) < 0.1,
                "A tenth to a half": lambda left: 0.1 <= float(left) < 0.5,
                "More than half": lambda left: float(left) >= 0.5,
            },
            number=lambda: largest_error(replace(TUTORIAL, epochs=20_000)) / largest_error(TUTORIAL),
            measure="Largest error at 20,000, divided by that at 10,000",
            because="{number} of it: twice the work, and most of that error is still there.",
            network=AskedNetwork("20,000", replace(TUTORIAL, epochs=20_000)),
        ),
    ),
    "xor": Lesson(
        title="When one neuron is not enough",
        text="**XOR** is the question whether two switches differ: yes for 01 and 10, no for 00 and 11. One neuron "
        "answers yes where its sum is above 0, and no where it is below. Call its sum for the row 00 $z_{{00}}$, "
        "and so on. Then $z_{{00}}$ and $z_{{11}}$ together are always as much as $z_{{01}}$ and $z_{{10}}$ "
        "together, whatever the weights and the bias $b$. But the first two should be below 0 and the other two "
        "above, which is impossible: one neuron can never learn it, and after {epochs} epochs its output is {o} "
        "in every row. A hidden layer gives the output neuron other inputs, whose sum can tell the rows apart.",
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
            ask="Three hidden neurons, but without a bend: the output of each is its sum, as it is (this function is "
            "called linear). How many of the four rows does the network get right? (0.5 counts as not right.)",
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
        text="Why do the weights start at random numbers? Take two hidden neurons, A and B, whose weights $w_A$ and "
        "$w_B$ are equal, on the lines that lead in and on those that lead out. They get the same error, and so "
        "the same change: they stay copies of each other for ever. Random numbers break this **symmetry**. They "
        "are computed from a **seed**, a whole number that you choose: the same seed always gives the same start "
        "weights, and so the same run, to the last digit. How well a network learns can depend on it: here seed 1 "
        "gets {stuck} of 4 rows right, seed 2 gets {learned}.",
        formulas=(
            r"W_{\text{start}} = \operatorname{random}(\text{seed})",
            r"w_A = w_B \;\Rightarrow\; \Delta w_A = \Delta w_B",
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
        text="The learning rate sets how far a weight moves in one step. Too small, and training crawls. Too "
        "large, and it overshoots: think of the loss as a valley, with the best weight at the bottom; a step "
        "jumps over it and lands higher up on the other side, from where the next jump is larger still. Here a "
        "neuron without a bend fits a straight line to hours of study and exam marks. At a rate of 0.05 all marks "
        "that it learns from are right by epoch {by}: to within a tenth of their **range**, the distance from the "
        "lowest to the highest. Two rows are **held out**: it is not trained on them, and they are drawn hollow.",
        formulas=(r"w \leftarrow w - \eta\,\frac{\partial L}{\partial w}",),
        facts={"by": lambda: all_correct_from(LINE)},
        vary="learning rate",
        variants={f"{rate:g}": replace(LINE, learning_rate=rate) for rate in (0.001, 0.05, 0.2)},
        first="0.05",
        hint="One of these rates is too small, and one is too large. What does each look like?",
        charts=("fit", "loss"),
        question=Question(
            ask="At rate 1, which is twenty times 0.05, what has happened to the loss after the first 2 epochs?",
            choices={
                "It has shrunk": lambda factor: float(factor) < 0.9,
                "It is much the same": lambda factor: 0.9 <= float(factor) <= 1.1,
                "It has grown": lambda factor: float(factor) > 1.1,
            },
            number=lambda: first_and_last_loss(FAST)[1] / first_and_last_loss(FAST)[0],
            measure="Loss after 2 epochs, as a multiple of the loss before",
            because="The loss is {number} times what it was. A bigger step is only faster as long as it does not jump "
            "over the goal.",
            network=AskedNetwork("1 (2 epochs)", FAST),
        ),
    ),
    "saturation": Lesson(
        title="Saturation",
        text="Far from 0 the sigmoid is flat: at $z = -10$ its slope is {slope}. A neuron whose output is wrong there "
        "has a large error, but error times slope is next to nothing, so it hardly learns: it is **saturated**. "
        "Here the weight of x1 starts on the wrong side, and the further out it is, the longer it takes to come "
        "back. One cure is another loss than the one used so far, the **half squared error**. **{loss}** is made "
        "for yes and no: the nearer an output is to the wrong answer, the steeper this loss. The slope of the "
        "sigmoid drops out of $\\delta$, and from −10 all rows are right by epoch {cure}.",
        formulas=(r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z))", r"\delta = (o - y)\,\sigma'(z)"),
        facts={
            "slope": lambda: float(ACTIVATIONS["sigmoid"].slope(np.array([-10.0]))[0]),
            "loss": lambda: LOSSES["binary_cross_entropy"].label,
            "cure": lambda: all_correct_from(with_start_weights(-10, 0, 0, loss="binary_cross_entropy")),
        },
        vary="start weight of x1",
        variants={
            **{f"−{size}": with_start_weights(-size, 0, 0) for size in (3, 5, 10)},
            "−10 (other loss)": with_start_weights(-10, 0, 0, loss="binary_cross_entropy"),
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
