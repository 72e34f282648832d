"""Many runs against each other: statistics over seeds, and sweeps over one or two settings.

It may import `model`, `training` and `stacks`, which trains them.
"""
