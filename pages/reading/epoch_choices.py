"""The numbers of epochs that are offered."""

from engine import LIMITS

EPOCHS = (*(digit * 10**power for power in range(6) for digit in (1, 2, 5)), LIMITS["epochs"])
