"""Tables to start from, each with a network: presets, and generators of points. It may import `model`."""

from engine.data.generators import GENERATORS, Generator, generate

__all__ = ["GENERATORS", "Generator", "generate"]
