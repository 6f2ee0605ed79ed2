"""Optimal transport on the circle by assignment (scipy's linear_sum_assignment), which knows nothing of cyclic order.

Masses are multiples of 1/60; each atom is repeated 60 * mass times, so the assignment of 60 unit masses is the optimal plan.
Columns: W1, W2 squared, n, m, then n angles and n masses in sixtieths of the first cloud, and m and m of the second.
Run:  /usr/bin/python3 make_circle_transport_reference.py > circle_transport.csv
"""
import numpy as np
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(20)
UNITS = 60


def masses(n):
    """n positive sixtieths of sum 60: equal if n divides 60 and chance will have it."""
    if UNITS % n == 0 and rng.random() < 0.5:
        return np.full(n, UNITS // n)
    cuts = np.sort(rng.choice(np.arange(1, UNITS), n - 1, replace=False))
    return np.diff(np.concatenate([[0], cuts, [UNITS]]))


def angles(n):
    kind = rng.integers(3)
    if kind == 0:
        return rng.uniform(-np.pi, np.pi, n)
    if kind == 1:  # about the cut at pi
        return (np.pi + 0.3 * rng.normal(size=n) + np.pi) % (2 * np.pi) - np.pi
    return rng.integers(-6, 7, n) * (np.pi / 6)  # repeated places


print("w1,w2_squared,n,m,angles and sixtieths of the first, of the second")
for n, m in [(1, 1), (1, 5), (2, 2), (3, 7), (10, 10), (12, 20), (20, 20), (30, 30), (60, 60), (60, 15), (7, 11), (41, 59)] * 4:
    a, b, u, v = angles(n), angles(m), masses(n), masses(m)
    x, y = np.repeat(a, u), np.repeat(b, v)
    arc = np.abs(x[:, None] - y[None, :])
    arc = np.minimum(arc, np.abs(2 * np.pi - arc))
    values = []
    for cost in (arc, arc**2):
        i, j = linear_sum_assignment(cost)
        values.append(cost[i, j].sum() / UNITS)
    row = [*values, n, m, *a, *u, *b, *v]
    print(",".join(repr(float(r)) for r in row))
