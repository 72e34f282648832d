"""Why an experiment cannot learn, or did not: findings in words, each with a remedy that was tried.

It may import `model`, `training` and `explanation`.
"""
