"""Training: the compiled epoch, the optimizers' kernels, the history of a run, its milestones, and the worker process.

It may import `model`.
"""
