"""Many runs against each other: statistics over seeds, and sweeps over one or two settings.

It may import `model` and `training`, which trains them (`training.record_many`).
"""
