"""The browser computes derived inputs as NumPy does, from the trees of their formulas."""

import numpy as np
import pytest
from playwright.sync_api import Page

from engine import Experiment, record
from engine.model.formulas.derived import derive
from engine.model.formulas.formula import FUNCTIONS, OPERATORS
from engine.model.formulas.parser import parse_formula
from engine.model.scaling import SCALINGS
from pages.charts.canvas.formula_tree import formula_tree
from pages.charts.canvas.scene import scene_bytes
from tests.browser.forward import RELATIVE, apart, browser_layers
from tests.browser.pictures import as_rows

FORMULAS = (
    "a^2",
    "a*[b c]",
    "sin a",
    "2^a",
    "a^3 - 1",
    "[b c]/(a^2 + 1)",
    "|a|^0.5",
    "tanh(a) - exp(-[b c])",
    "-cos(pi)*a",
)
"""Every operator, functions, a constant, numbers on either side; all have a value everywhere."""


@pytest.mark.parametrize("scaling", SCALINGS)
def test_derived_inputs_are_numpys(forward_page: Page, scaling: str) -> None:
    random = np.random.RandomState(4)
    experiment = Experiment(
        inputs=as_rows(random.uniform(-3, 3, (9, 2))),
        input_names=("a", "b c"),
        targets=as_rows(random.rand(9, 1)),
        derived=FORMULAS,
        scaling=scaling,
        hidden=(3,),
        activations=("tanh", "sigmoid"),
        initializer="uniform_-1_1",
        epochs=20,
        learning_rate=0.01,
    )
    history, points = record(experiment), random.uniform(-4, 4, (50, 2))
    for frame, layers in enumerate(browser_layers(forward_page, scene_bytes(history), points)):
        for layer, values in zip(layers[:-1], history.forward(frame, points).outputs, strict=True):
            assert apart(layer.T, values) < RELATIVE


def test_every_function_and_operator_is_numpys(forward_page: Page) -> None:
    """A column of two, a number of either side; also where there is no value, and where it is infinite."""
    ends = np.array([-1.0, 0.0, 1.0, 2.0, 0.5, -3.0, 700.0, 1e-300, np.inf, -np.inf, np.nan])
    a, b = (part.ravel() for part in np.meshgrid(ends, ends))
    operations = [f"{x}{sign}{y}" for sign in OPERATORS for x, y in (("a", "b"), ("a", "2"), ("a", "3"), ("0.5", "a"))]
    formulas = [*(f"{name}(a)" for name in FUNCTIONS), *operations]
    trees = [formula_tree(parse_formula(text, ("a", "b")), ("a", "b")) for text in formulas]
    found = forward_page.evaluate(
        """([formulas, a, b]) => {
          const columns = [a, b].map((column) => Float64Array.from(column, Number));
          return js.addDerived(formulas, columns).map((column) => Array.from(column, String));
        }""",
        [trees, *([spell(value) for value in part.tolist()] for part in (a, b))],
    )
    wanted = derive(np.stack([a, b], axis=1), ("a", "b"), formulas)
    for text, column, values in zip(("a", "b", *formulas), found, wanted.T, strict=True):
        numbers = [float(each.replace("Infinity", "inf")) for each in column]
        np.testing.assert_allclose(numbers, values, rtol=RELATIVE, atol=0, err_msg=text)


def spell(number: float) -> str:
    """A number as JavaScript reads it, also one that JSON has not."""
    return repr(number).replace("inf", "Infinity").replace("nan", "NaN")
