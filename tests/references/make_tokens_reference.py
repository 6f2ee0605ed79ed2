"""24 tokens on S^4 under softmax attention with general query, key and value, t = 2; writes tokens.csv.

An independent solver: the formulas of the model in NumPy, integrated by SciPy's DOP853 at rtol 2.3e-14 and, as a check,
by LSODA at rtol 1e-13; both must agree to 1e-10. Columns: kind (0 position at t = 0, 1 position at t = 2, 2 query, 3 key, 4 value),
row, column, value.
"""
import pathlib

import numpy as np
from scipy.integrate import solve_ivp

COUNT, DIMENSION, BETA, TIME = 24, 5, 1.7, 2.0
random = np.random.default_rng(20261123)
start = random.standard_normal((COUNT, DIMENSION))
start /= np.linalg.norm(start, axis=1, keepdims=True)
query, key, value = (random.standard_normal((DIMENSION, DIMENSION)) / np.sqrt(DIMENSION) for _ in range(3))


def velocity(_, flat):
    x = flat.reshape(COUNT, DIMENSION)
    scores = BETA * (x @ query.T) @ (x @ key.T).T
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    output = weights @ (x @ value.T)
    return (output - np.sum(output * x, axis=1, keepdims=True) * x).ravel()


ends = [
    solve_ivp(velocity, (0, TIME), start.ravel(), method=method, rtol=rtol, atol=rtol).y[:, -1].reshape(COUNT, DIMENSION)
    for method, rtol in (("DOP853", 2.3e-14), ("LSODA", 1e-13))
]
difference = np.abs(ends[0] - ends[1]).max()
assert difference < 1e-10, difference
end = ends[0] / np.linalg.norm(ends[0], axis=1, keepdims=True)

with open(pathlib.Path(__file__).with_name("tokens.csv"), "w", encoding="ascii") as table:
    table.write("kind,row,column,value\n")
    for kind, matrix in enumerate((start, end, query, key, value)):
        for row in range(matrix.shape[0]):
            for column in range(matrix.shape[1]):
                table.write(f"{kind},{row},{column},{matrix[row, column]!r}\n")
print("the two solvers differ by", difference)
