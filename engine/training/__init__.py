"""Training: the compiled epoch, the optimizers' kernels, what is kept of a run, and the process that trains beside us.

It may import `model`.
"""
