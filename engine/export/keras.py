"""The experiment in the words of Keras 3, for those who go on.

The start weights come from the same draw in NumPy, the numbers are float64 and batches are taken in the table's order.
Names are those of https://keras.io/api/. Only on TensorFlow does Keras work out products in float64
(https://github.com/keras-team/keras/issues/23704), and there it rounds momentum, penalties and the like to float32.
"""

from engine.export.program_head import print_weights_lines, program_head, weights_names
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.optimizers import ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON, MOMENTUM, RMSPROP_DECAY, RMSPROP_EPSILON

IMPORTS = (
    "import keras",
    "import numpy as np",
    "",
    "# On TensorFlow as exact as NumPy's numbers, but for constants such as momentum, which Keras rounds to seven",
    "# digits; on its other back ends it rounds every product so",
    'keras.config.set_floatx("float64")',
)
FUNCTIONS: dict[str, str] = {
    "sigmoid": '"sigmoid"',
    "tanh": '"tanh"',
    "relu": '"relu"',
    "leaky_relu": "keras.layers.LeakyReLU(negative_slope=0.01)",
    "elu": '"elu"',
    "softplus": '"softplus"',
    "silu": '"silu"',
    "sine": "keras.ops.sin",
    "linear": '"linear"',
    "softmax": '"softmax"',
    "step": "step",
}
MEASURES: dict[str, str] = {
    "half_squared_error": "half_squared_error",
    "mean_squared_error": "keras.losses.MeanSquaredError()",
    "binary_cross_entropy": "keras.losses.BinaryCrossentropy(from_logits=True)",
    "categorical_cross_entropy": "keras.losses.CategoricalCrossentropy(from_logits=True)",
}
OWN: dict[str, str] = {
    "step": """def step(z):
    return keras.ops.cast(z > 0, z.dtype) + 0 * z  # so its slope is 0, not missing""",
    "half_squared_error": """def half_squared_error(wanted, found):
    return keras.ops.sum(keras.ops.square(keras.ops.subtract(found, wanted))) / 2""",
}
"""What Keras does not have."""

OPTIMIZERS: dict[str, str] = {
    "sgd": "SGD({rate})",
    "momentum": f"SGD({{rate}}, momentum={MOMENTUM})",
    "rmsprop": f"RMSprop({{rate}}, rho={RMSPROP_DECAY}, epsilon={RMSPROP_EPSILON**2})",  # it stands under the root
    "adam": f"Adam({{rate}}, beta_1={ADAM_BETA1}, beta_2={ADAM_BETA2}, epsilon={ADAM_EPSILON})",
}
EPSILON = "# Keras adds epsilon at another place than the page: where a gradient is nearly 0, results differ"
"""Said of RMSprop and Adam."""


def keras(experiment: Experiment) -> str:
    """Python source that trains the experiment with Keras and prints outputs, loss, weights and biases.

    Where the loss is fused with the output's activation, the model ends before that and the loss is given the logits.

    >>> "keras.layers.Dense(1, " in keras(Experiment())
    True
    """
    e, fused = experiment, LOSSES[experiment.loss].fused_activation
    names = [*e.activations[:-1], "linear" if fused else e.activations[-1]]
    own = [OWN[name] for name in OWN if name in (*names, e.loss)]
    title = "# The network of the page in Keras: python -m pip install numpy keras tensorflow"
    lines = [
        *program_head(e, title, IMPORTS, own, "{}.astype(float)"),
        "model = keras.Sequential(",
        "    [",
        f"        keras.Input(({e.shapes[0][0]},)),",
        *(dense(e, fan_out, FUNCTIONS[name]) for (_, fan_out), name in zip(e.shapes, names, strict=True)),
        "    ]",
        ")",
        *given(e),
        *([EPSILON] if e.optimizer in ("rmsprop", "adam") else []),
        f"optimizer = keras.optimizers.{OPTIMIZERS[e.optimizer].format(rate=repr(e.learning_rate))}",
        f"loss_of = {MEASURES[e.loss]}",
        "model.compile(optimizer, loss_of)",
        "",
        "# Train the network; for a small table most of the time goes by between the epochs",
        f"batch = {e.batch_size if e.batches > 1 else len(e.train_rows)}",
        f"model.fit(inputs, wanted, batch_size=batch, epochs={e.epochs}, shuffle=False, verbose=0)",
        "",
        "# Testing the network",
        "found = model(X.astype(float))",
        f"outputs = keras.ops.{fused}(found)" if fused else "outputs = found",
        f'print("Output after epoch {e.epochs}:")',
        "print(keras.ops.convert_to_numpy(outputs))",
        'print("Loss:", float(loss_of(wanted, model(inputs))))',
        *taken(e),
        *print_weights_lines(e),
    ]
    return "\n".join(lines) + "\n"


def dense(e: Experiment, units: int, function: str) -> str:
    """The line of one layer; Keras counts the whole of l2 w^2, the page half of it."""
    penalty = f", kernel_regularizer=keras.regularizers.L1L2({e.l1!r}, {e.l2 / 2!r})" if e.l1 or e.l2 else ""
    return f"        keras.layers.Dense({units}, activation={function}, use_bias={e.bias}{penalty}),"


def given(e: Experiment) -> list[str]:
    """The lines that put the start weights into the model."""
    layers = enumerate(weights_names(e))
    if e.bias:
        return [f"model.layers[{index}].set_weights([{name}[:-1], {name}[-1]])" for index, name in layers]
    return [f"model.layers[{index}].set_weights([{name}])" for index, name in layers]


def taken(e: Experiment) -> list[str]:
    """The lines that take the final weights out again, the biases as their last rows."""
    layers = enumerate(weights_names(e))
    return [f"{name} = np.vstack(model.layers[{index}].get_weights())" for index, name in layers]
