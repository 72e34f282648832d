"""Step by step: one update with every number. It may import `frame` and `player`."""
