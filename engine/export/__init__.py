"""An experiment exported as a program: NumPy script, notebook, PyTorch, Keras; and the output to expect of it.

Each of the four functions takes an experiment and returns text. It may import `model` and `training`.
"""

from engine.export.keras import keras_script
from engine.export.notebook import notebook
from engine.export.numpy_script import numpy_script
from engine.export.pytorch import pytorch_script

__all__ = ["keras_script", "notebook", "numpy_script", "pytorch_script"]
