"""The functions of the activations and their slopes, in NumPy: z and the result are arrays of one shape."""

import numpy as np

from engine.model.types import Array


def sigmoid(z: Array) -> Array:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def sigmoid_slope(z: Array) -> Array:
    s = sigmoid(z)
    return s * (1 - s)


def tanh_slope(z: Array) -> Array:
    t = np.tanh(z)
    return 1 - t * t


def relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def relu_slope(z: Array) -> Array:
    return np.where(z > 0, 1.0, 0.0)


def leaky_relu(z: Array) -> Array:
    return np.where(z > 0, z, 0.01 * z)


def leaky_relu_slope(z: Array) -> Array:
    return np.where(z > 0, 1.0, 0.01)


def elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def elu_slope(z: Array) -> Array:
    return np.exp(np.minimum(z, 0.0))


def softplus(z: Array) -> Array:
    return np.logaddexp(0.0, z)


def silu(z: Array) -> Array:
    return z * sigmoid(z)


def silu_slope(z: Array) -> Array:
    s = sigmoid(z)
    return s + z * s * (1 - s)


def linear(z: Array) -> Array:
    return z * 1.0


def linear_slope(z: Array) -> Array:
    return np.ones_like(z)


def step(z: Array) -> Array:
    return np.where(z > 0, 1.0, 0.0)


def step_slope(z: Array) -> Array:
    return np.zeros_like(z)


def softmax(z: Array) -> Array:
    powers: Array = np.exp(z - z.max(axis=-1, keepdims=True))
    total: Array = powers.sum(axis=-1, keepdims=True)
    return powers / total


def softmax_slope(z: Array) -> Array:
    s = softmax(z)
    return s * (1 - s)


def softmax_delta(error: Array, z: Array) -> Array:
    """s * (error - sum(error * s)): the chain rule over the whole layer."""
    s = softmax(z)
    shared: Array = np.sum(error * s, axis=-1, keepdims=True)
    return s * (error - shared)
