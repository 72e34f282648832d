"""The sweep that the tests of the store and of its process ask for."""

from dataclasses import replace

from engine import Experiment
from engine.comparison.sweep import Axis

XOR = Experiment(
    targets=((0,), (0,), (1,), (1,)),
    hidden=(4,),
    activations=("tanh", "sigmoid"),
    learning_rate=0.5,
    bias=True,
    initializer="uniform_-1_1",
    epochs=300,
)
LONG = replace(XOR, epochs=200_000)
RATES = Axis("learning_rate", (0.1, 0.5, 0.8))
