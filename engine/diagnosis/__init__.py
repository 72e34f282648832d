"""Diagnosis: why an experiment cannot learn, or did not. Findings in words, each with a remedy that has been tried.

It may import `model`, `training` and `explanation`.
"""
