"""Many networks trained at once: those of one shape as one stack, which takes little longer than one of them.

It may import `model` and `training`.
"""
