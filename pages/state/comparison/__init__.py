"""What one visitor compares: sweeps, fans of seeds, the loss surface, pinned runs. It draws nothing.

It may import what `state` may, and `server`, which trains the sweeps.
"""
