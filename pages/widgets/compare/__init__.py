"""Compare: pinned runs on the same axes. It may import `frame` and `player`."""
