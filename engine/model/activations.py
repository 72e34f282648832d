"""Activations: what a neuron makes of z, the weighted sum that arrives at it.

An activation is a record of pure functions, which are in `activation_functions`. `value` is f(z) and `slope` is f'(z).

To add one, add an entry to `ACTIVATIONS`. Only the label, the formulas, `about`, `value` and `slope` are required;
every other field says more about the function, and its default is the safe assumption.

>>> float(ACTIVATIONS["sigmoid"].value(np.array(0.0)))
0.5
"""

import numpy as np

from engine.model.activation_functions import (
    Activation,
    elu,
    elu_slope,
    leaky_relu,
    leaky_relu_slope,
    linear,
    linear_slope,
    relu,
    relu_slope,
    sigmoid,
    sigmoid_slope,
    silu,
    silu_slope,
    softmax,
    softmax_delta,
    softmax_slope,
    softplus,
    step,
    step_slope,
    tanh_slope,
)
from engine.model.types import Translation

ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(
        label="Sigmoid",
        formula=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
        slope_formula=r"f(z) \, (1 - f(z))",
        about="Squeezes any number into 0 to 1: good for yes or no.",
        value=sigmoid,
        slope=sigmoid_slope,
        low=0.0,
        high=1.0,
        monotone="strictly",
        cost=(0, 0.0),
        pytorch=Translation("nn.Sigmoid()"),
        keras=Translation('"sigmoid"'),
        javascript="1 / (1 + Math.exp(-z))",
    ),
    "tanh": Activation(
        label="Tanh",
        formula=r"\tanh(z) = \frac{e^z - e^{-z}}{e^z + e^{-z}}",
        slope_formula=r"1 - f(z)^2",
        about="Like sigmoid, but from -1 to 1, with 0 in the middle.",
        value=np.tanh,
        slope=tanh_slope,
        low=-1.0,
        high=1.0,
        monotone="strictly",
        cost=(0, 0.0),
        pytorch=Translation("nn.Tanh()"),
        keras=Translation('"tanh"'),
        javascript="Math.tanh(z)",
    ),
    "relu": Activation(
        label="ReLU",
        formula=r"\max(0, z)",
        slope_formula=r"1 \text{ if } z > 0 \text{ else } 0",
        about="Passes what is above 0 and silences the rest.",
        value=relu,
        slope=relu_slope,
        low=0.0,
        monotone="weakly",
        cost=(0, 0.0),
        pytorch=Translation("nn.ReLU()"),
        keras=Translation('"relu"'),
        javascript="Math.max(z, 0)",
    ),
    "leaky_relu": Activation(
        label="Leaky ReLU",
        formula=r"z \text{ if } z > 0 \text{ else } 0.01 z",
        slope_formula=r"1 \text{ if } z > 0 \text{ else } 0.01",
        about="ReLU with a small slope below 0, so that no neuron goes silent for good.",
        value=leaky_relu,
        slope=leaky_relu_slope,
        monotone="strictly",
        cost=(20, 0.001),
        pytorch=Translation("nn.LeakyReLU(0.01)"),
        keras=Translation("keras.layers.LeakyReLU(negative_slope=0.01)"),
        javascript="z > 0 ? z : 0.01 * z",
    ),
    "elu": Activation(
        label="ELU",
        formula=r"z \text{ if } z > 0 \text{ else } e^z - 1",
        slope_formula=r"1 \text{ if } z > 0 \text{ else } e^z",
        about="ReLU with a smooth curve down to -1 below 0.",
        value=elu,
        slope=elu_slope,
        low=-1.0,
        monotone="strictly",
        cost=(17, 0.003),
        pytorch=Translation("nn.ELU()"),
        keras=Translation('"elu"'),
        javascript="z > 0 ? z : Math.expm1(z)",
    ),
    "softplus": Activation(
        label="Softplus",
        formula=r"\ln(1 + e^z)",
        slope_formula=r"\sigma(z)",
        about="A smooth ReLU without the corner.",
        value=softplus,
        slope=sigmoid,
        low=0.0,
        monotone="strictly",
        cost=(20, 0.016),
        pytorch=Translation("nn.Softplus(threshold=700)"),
        keras=Translation('"softplus"'),
        javascript="Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))",
    ),
    "silu": Activation(
        label="SiLU",
        formula=r"z \, \sigma(z)",
        slope_formula=r"\sigma(z) \, (1 + z \, (1 - \sigma(z)))",
        about="ReLU with a soft dip just below 0.",
        value=silu,
        slope=silu_slope,
        low=-0.2784645427610738,
        monotone="weakly",  # it dips below 0, but rises through every level above 0 once
        cost=(36, 0.003),
        pytorch=Translation("nn.SiLU()"),
        keras=Translation('"silu"'),
        javascript="z / (1 + Math.exp(-z))",
    ),
    "sine": Activation(
        label="Sine",
        formula=r"\sin(z)",
        slope_formula=r"\cos(z)",
        about="A wave: good for anything that repeats.",
        value=np.sin,
        slope=np.cos,
        low=-1.0,
        high=1.0,
        cost=(8, 0.016),
        pytorch=Translation(
            "Sine()",
            """class Sine(nn.Module):
    def forward(self, z):
        return torch.sin(z)""",
        ),
        keras=Translation("keras.ops.sin"),
        javascript="Math.sin(z)",
    ),
    "linear": Activation(
        label="Linear",
        formula=r"z",
        slope_formula=r"1",
        about="Passes the sum on unchanged: good for outputs of any size.",
        value=linear,
        slope=linear_slope,
        monotone="strictly",
        cost=(0, 0.0),
        pytorch=Translation("nn.Identity()"),
        keras=Translation('"linear"'),
        javascript="z",
    ),
    "softmax": Activation(
        label="Softmax",
        formula=r"\frac{e^{z_i}}{\sum_j e^{z_j}}",
        slope_formula=r"f(z) \, (1 - f(z))",
        about="Shares 100 % out among the outputs: good for one class of several. For outputs only.",
        value=softmax,
        slope=softmax_slope,
        low=0.0,
        high=1.0,
        backward=softmax_delta,
        delta_formula=r"\delta_j = a_j \, (\text{error}_j - \textstyle\sum_k \text{error}_k\, a_k)",
        monotone="strictly",
        cost=(50, 0.003),
        pytorch=Translation("nn.Softmax(dim=-1)"),
        keras=Translation('"softmax"'),
        javascript="""let top = -Infinity, total = 0;
for (const value of z) top = Math.max(top, value);
for (let i = 0; i < z.length; i++) total += z[i] = Math.exp(z[i] - top);
for (let i = 0; i < z.length; i++) z[i] /= total;""",
    ),
    "step": Activation(
        label="Step",
        formula=r"1 \text{ if } z > 0 \text{ else } 0",
        slope_formula=r"0",
        about="Off or on. Its slope is 0 everywhere, so nothing can learn through it.",
        value=step,
        slope=step_slope,
        low=0.0,
        high=1.0,
        monotone="weakly",
        cost=(15, 0.0),
        pytorch=Translation(
            "Step()",
            """class Step(nn.Module):
    def forward(self, z):
        return (z > 0).to(z.dtype) + 0 * z  # so its slope is 0, not missing""",
        ),
        keras=Translation(
            "step",
            """def step(z):
    return keras.ops.cast(z > 0, z.dtype) + 0 * z  # so its slope is 0, not missing""",
        ),
        javascript="z > 0 ? 1 : 0",
    ),
}
