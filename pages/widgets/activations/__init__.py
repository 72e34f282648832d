"""Activations: a layer's neurons on their curve, and the gallery. It may import `frame` and `player`."""
