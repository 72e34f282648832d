"""Surfaces: the loss over two weights, or along one, with the path of a training on it; the answer over two inputs.

It may import the engine and `style`.
"""
