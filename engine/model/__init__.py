"""The network and everything that decides a training, as values and pure functions.

The records of activations, losses, optimizers and initializers, the `Experiment` that names them, the forward and the
backward pass, and what the targets ask for. It imports nothing else of the engine
but its own sub-packages `validation`, `plan` and `formulas`.
"""
