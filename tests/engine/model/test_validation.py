"""Whatever cannot be trained is refused with the right field, in words that name the place."""

from typing import Any

import numpy as np
import pytest

from engine import LIMITS, Experiment, ExperimentError

X, Y = ((0, 1), (1, 0), (1, 1)), ((0,), (1,), (1,))
PAIRS = ((0, 1), (1, 0), (0.5, 0.5))
WIDE = {"inputs": ((1,) * 65,), "targets": ((1,),)}

# what is asked for, the field at fault, words of the message
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    # cells
    ({"inputs": ((0, 1), (1, None), (1, 1)), "targets": Y}, "inputs", "Row 2, column x2 is empty"),
    ({"inputs": X, "targets": ((0,), (1,), ("yes",))}, "targets", "Row 3, column y1: 'yes' is not a number"),
    ({"inputs": ((0, 1), (1, "1"), (1, 1)), "targets": Y}, "inputs", "Row 2, column x2: '1' is not a number"),
    ({"inputs": ((float("nan"), 1),), "targets": ((0,),)}, "inputs", "Row 1, column x1: nan is not a number"),
    ({"inputs": ((0, float("inf")),), "targets": ((0,),)}, "inputs", "Row 1, column x2: inf is too large"),
    ({"inputs": ((0, -1e10),), "targets": ((0,),)}, "inputs", "Row 1, column x2: -10000000000.0 is too large"),
    ({"inputs": ((0, 10**400),), "targets": ((0,),)}, "inputs", "Row 1, column x2: "),
    ({"inputs": ((0, 10**5000),), "targets": ((0,),)}, "inputs", "a very large number is too large"),
    ({"inputs": ((0, 1j),), "targets": ((0,),)}, "inputs", "1j is not a number"),
    ({"inputs": ((0, [1]),), "targets": ((0,),)}, "inputs", "[1] is not a number"),
    ({"inputs": X, "targets": Y, "input_names": ("a", "b"), "learning_rate": None}, "learning_rate", "is empty"),
    # shape of the table
    ({"inputs": (), "targets": ()}, "inputs", "no rows"),
    ({"inputs": X, "targets": ()}, "targets", "no rows"),
    ({"inputs": ((), ()), "targets": ((0,), (1,))}, "inputs", "no column of inputs"),
    ({"inputs": X, "targets": ((), (), ())}, "targets", "no column of targets"),
    ({"inputs": ((0, 1), (1,)), "targets": ((0,), (1,))}, "inputs", "Row 2 has 1 inputs, row 1 has 2"),
    ({"inputs": X, "targets": ((0,), (1, 1), (1,))}, "targets", "Row 2 has 2 targets, row 1 has 1"),
    ({"inputs": X, "targets": ((0,), (1,))}, "targets", "3 rows of inputs but 2 of targets"),
    ({"inputs": ((0,),) * 10_000, "targets": ((0,),) * 10_000}, "inputs", "10,000 rows in the table, at most 1,000"),
    ({"inputs": np.zeros((10_000, 2)), "targets": np.zeros((10_000, 1))}, "inputs", "10,000 rows"),
    ({"inputs": range(10**12), "targets": Y}, "inputs", "too long"),
    ({"inputs": (range(10**12),), "targets": Y}, "inputs", "too long"),
    ({"inputs": np.zeros((1_000, 1_000)), "targets": Y}, "inputs", "not a list of a fit size"),
    (WIDE, "inputs", "65 columns of inputs, at most 64"),
    ({"inputs": ((1,),), "targets": ((1,) * 65,)}, "targets", "65 columns of targets, at most 64"),
    ({"inputs": ((1,) * 10,) * 1_000, "targets": ((1,),) * 1_000}, "inputs", "11,000 cells"),
    ({"inputs": "0,1", "targets": Y}, "inputs", "is text, not a list"),
    ({"inputs": ("01", "10"), "targets": Y}, "inputs", "is text, not a list"),
    ({"inputs": 3, "targets": Y}, "inputs", "is not a list"),
    ({"inputs": (1, 2, 3), "targets": Y}, "inputs", "1 is not a list"),
    ({"inputs": {(0, 1)}, "targets": Y}, "inputs", "is not a list"),
    ({"inputs": {0: (0, 1)}, "targets": Y}, "inputs", "is not a list"),
    ({"inputs": (row for row in X), "targets": Y}, "inputs", "is not a list"),
    ({"inputs": np.float64(1), "targets": Y}, "inputs", "is not a list"),
    ({"inputs": np.array(1.0), "targets": Y}, "inputs", "is not a list"),
    ({"inputs": np.ndarray, "targets": Y}, "inputs", "is not a list"),
    ({"inputs": np.array([[0, None]]), "targets": ((0,),)}, "inputs", "Row 1, column x2 is empty"),
    ({"inputs": np.array([["0", "1"]]), "targets": ((0,),)}, "inputs", "'0' is not a number"),
    # held-out rows
    ({"test_rows": (0, 1, 2, 3)}, "test_rows", "Every row is held out"),
    ({"test_rows": (4,)}, "test_rows", "outside 0 to 3"),
    ({"test_rows": (-1,)}, "test_rows", "outside 0 to 3"),
    ({"test_rows": (0.5,)}, "test_rows", "0.5 is not a whole number"),
    ({"test_rows": 1}, "test_rows", "is not a list"),
    # the network
    ({"hidden": (0,), "activations": ("tanh", "sigmoid")}, "hidden", "outside 1 to 64"),
    ({"hidden": (65,), "activations": ("tanh", "sigmoid")}, "hidden", "outside 1 to 64"),
    ({"hidden": (True,), "activations": ("tanh", "sigmoid")}, "hidden", "True is not a whole number"),
    ({"hidden": (1,) * 7, "activations": ("tanh",) * 8}, "hidden", "7 hidden layers, at most 6"),
    ({"hidden": (64, 64, 64), "activations": ("tanh",) * 4}, "hidden", "weights, at most 5,000"),
    ({"hidden": (3,)}, "activations", "1 activations for 2 layers"),
    ({"activations": ()}, "activations", "0 activations for 1 layers"),
    ({"activations": "sigmoid"}, "activations", "is text, not a list"),
    ({"activations": ("sigmod",)}, "activations", "no activation called 'sigmod': choose from sigmoid"),
    ({"activations": (None,)}, "activations", "no activation called None"),
    ({"hidden": (3,), "activations": ("softmax", "sigmoid")}, "activations", "Softmax is for the output layer"),
    ({"activations": ("softmax",)}, "activations", "Softmax with one target"),
    # the settings
    ({"loss": "hinge"}, "loss", "no loss called 'hinge': choose from half_squared_error"),
    ({"loss": ["half_squared_error"]}, "loss", "no loss called"),
    ({"optimizer": "lion"}, "optimizer", "no optimizer called 'lion': choose from sgd"),
    ({"initializer": "ones"}, "initializer", "no initializer called 'ones'"),
    ({"epochs": 10**9}, "epochs", "outside 1 to 1,000,000"),
    ({"epochs": 0}, "epochs", "outside 1 to"),
    ({"epochs": 10**5000}, "epochs", "a very large number is outside"),
    ({"epochs": 1.5}, "epochs", "1.5 is not a whole number"),
    ({"epochs": float("inf")}, "epochs", "inf is not a whole number"),
    ({"epochs": "100"}, "epochs", "'100' is not a whole number"),
    ({"batch_size": 0}, "batch_size", "outside 1 to"),
    ({"batch_size": "all"}, "batch_size", "'all' is not a whole number"),
    ({"seed": -1}, "seed", "outside 0 to"),
    ({"seed": 2**32}, "seed", "outside 0 to 4,294,967,295"),
    ({"seed": None}, "seed", "The seed is empty"),
    ({"bias": "yes"}, "bias", "'yes' is neither on nor off"),
    ({"bias": np.array([1, 2])}, "bias", "neither on nor off"),
    ({"bias": None}, "bias", "neither on nor off"),
    ({"learning_rate": 0}, "learning_rate", "The learning rate is 0"),
    ({"learning_rate": -0.1}, "learning_rate", "must not be negative"),
    ({"learning_rate": float("nan")}, "learning_rate", "nan is not a number"),
    ({"learning_rate": 1e10}, "learning_rate", "too large"),
    ({"l1": -1}, "l1", "The L1 penalty is -1"),
    ({"l2": -1}, "l2", "The L2 penalty is -1"),
    ({"l1": float("nan")}, "l1", "nan is not a number"),
    ({"l2": float("inf")}, "l2", "inf is too large"),
    # losses and targets
    ({"loss": "binary_cross_entropy", "activations": ("tanh",)}, "loss", "needs the sigmoid output, and yours is tanh"),
    ({"loss": "categorical_cross_entropy"}, "loss", "needs the softmax output"),
    (
        {"inputs": X, "targets": ((0,), (1,), (2,)), "loss": "binary_cross_entropy"},
        "targets",
        "Row 3, column y1: 2 is not from 0 to 1",
    ),
    (
        {"inputs": X, "targets": ((0,), (-1,), (1,)), "loss": "binary_cross_entropy"},
        "targets",
        "Row 2, column y1: -1 is not from 0 to 1",
    ),
    (
        {
            "inputs": X,
            "targets": ((0, 1), (1, 1), (1, 0)),
            "activations": ("softmax",),
            "loss": "categorical_cross_entropy",
        },
        "targets",
        "Row 2: the targets add up to 2",
    ),
    # start values by hand
    ({"initial_weights": (((1,), (2,)),)}, "initial_weights", "The start weights of layer 1 must be 3 x 1"),
    ({"initial_weights": (((1, 1), (2, 1), (3, 1)),)}, "initial_weights", "must be 3 x 1"),
    ({"initial_weights": (((1,), (2,), (3,)),) * 2}, "initial_weights", "2 layers of start weights for a network of 1"),
    ({"initial_weights": (((1,), (2,), (None,)),)}, "initial_weights", "row 3, neuron 1 is empty"),
    ({"initial_weights": (range(10**12),)}, "initial_weights", "too long"),
    ({"initial_biases": ((1,),)}, "initial_biases", "the bias is off"),
    ({"bias": True, "initial_biases": ((1, 2),)}, "initial_biases", "The start biases of layer 1 must be 1 x 1"),
    ({"bias": True, "initial_biases": (("a",),)}, "initial_biases", "'a' is not a number"),
]


@pytest.mark.parametrize(("settings", "field", "words"), REFUSED)
def test_refusal_names_the_field_and_the_place(settings: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment(**settings)
    assert caught.value.field == field
    assert words in str(caught.value)
    assert len(str(caught.value)) < 250
    assert "\n" not in str(caught.value)


def test_more_work_than_one_visitor_may_ask_for() -> None:
    rows = tuple((i % 7, i % 5) for i in range(500))
    with pytest.raises(ExperimentError, match=r"would train for about .* minutes, at most 2") as caught:
        Experiment(
            inputs=rows,
            targets=rows,
            hidden=(64,),
            activations=("tanh", "linear"),
            batch_size=1,
            epochs=LIMITS["epochs"],
        )
    assert caught.value.field == "epochs"
