"""An experiment as a program that runs without us: NumPy, notebook, PyTorch, Keras, and what the program will print.

It may import `model` and `training`.
"""
