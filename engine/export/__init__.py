"""An experiment as a program that runs without us: NumPy, notebook, PyTorch, Keras, and what the program will print.

It may import `model` and `training`. Each of the four functions takes an experiment and gives text.
"""

from engine.export.keras import keras_script
from engine.export.notebook import notebook
from engine.export.numpy_script import numpy_script
from engine.export.pytorch import pytorch_script

__all__ = ["keras_script", "notebook", "numpy_script", "pytorch_script"]
