"""Softmax forces between all pairs of tokens on the sphere with NumPy; one JSON line in, one out."""
import numpy as np

from peer import serve

BLOCK = 256  # rows whose weights stay in the cache: about three times faster than all rows at once


def make(tokens, beta):
    """v_i = P_i (sum_j e^{beta x_i.x_j} x_j) / (sum_j e^{beta x_i.x_j}), tokens [N, d]."""

    def forces():
        velocity = np.empty_like(tokens)
        for first in range(0, len(tokens), BLOCK):
            rows = tokens[first : first + BLOCK]
            weights = rows @ tokens.T
            weights -= 1
            weights *= beta
            np.exp(weights, out=weights)
            output = weights @ tokens
            output /= weights.sum(axis=1, keepdims=True)
            output -= np.sum(output * rows, axis=1, keepdims=True) * rows
            velocity[first : first + BLOCK] = output
        return velocity

    return forces


def prepare(question):
    work = make(np.array(question["tokens"]).reshape(-1, question["dimension"]), question["beta"])
    return work, {"velocity": work().ravel().tolist()}


serve(prepare)
