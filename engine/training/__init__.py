"""Training: the compiled epoch, the optimizers' kernels, what is kept of a run, the loss around it, and the process
that trains beside us.

It may import `model`.
"""

from engine.training.surface import loss_surface

__all__ = ["loss_surface"]
