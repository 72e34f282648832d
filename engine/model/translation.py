"""How a part of the network is written in another library."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Translation:
    """An expression in PyTorch or Keras, and the source of what that library has no name for."""

    expression: str  # "nn.Tanh()"
    source: str = ""  # a class or function that the expression calls, written into the program once
