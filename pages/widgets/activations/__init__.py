"""Activations: a layer's neurons on their curve, and every function by itself. It may import `frame` and `player`."""
