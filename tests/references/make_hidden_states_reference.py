"""Measures of real hidden states by numpy and scipy: an independent program for tests/Solver/Layers.

Fixture: hidden_states.npy, float16 [4, 2, 96, 128], layers 0, 1, 8 and 16 of a 16-layer language model trained from scratch on public-domain text,
the first 96 positions of one held-out sequence of each of its two sources (data/hidden-states/deep16 beside the checkout, where it is present).
Columns: layer, name, value; float64 arithmetic on the float16 numbers; all 192 tokens pooled unless the name says within.
Run:  /usr/bin/python3 make_hidden_states_reference.py [hidden_trained.npy] > hidden_states.csv     (the argument remakes the fixture)
"""
import os
import sys
import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import pdist, squareform

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURE = os.path.join(HERE, "hidden_states.npy")
if len(sys.argv) > 1:
    full = np.load(sys.argv[1]).reshape(17, 4, 128, 128)
    np.save(FIXTURE, full[[0, 1, 8, 16]][:, [0, 2], :96].astype(np.float16))
states = np.load(FIXTURE).astype(np.float64)
layers, sequences, tokens, dimension = states.shape
BETAS = [1, 2, 4, 8, 16, 32]


def emit(layer, name, value):
    print(f"{layer},{name},{float(value)!r}")


def rank(matrix):
    s = np.linalg.svd(matrix, compute_uv=False)
    p = s / s.sum()
    p = p[p > 0]
    return np.exp(-(p * np.log(p)).sum())


def units(x):
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def pairs(layer, prefix, u):
    n = len(u)
    c = (u @ u.T)[np.triu_indices(n, 1)]
    emit(layer, prefix + "mean_cosine", c.mean())
    for b in BETAS:
        emit(layer, f"{prefix}energy_{b}", (np.exp(b) / n + (1 - 1 / n) * np.exp(b * c).mean()) / (2 * b))
    counts, _ = np.histogram(c, bins=100, range=(-1, 1))
    for b in (50, 52, 60):
        emit(layer, f"{prefix}share_{b}", counts[b] / len(c))


def intrinsic(layer, u):
    places = u[[i for i in range(len(u)) if i == 0 or np.linalg.norm(u[:i] - u[i], axis=1).min() > 4.5e-7]]
    r = np.sort(squareform(pdist(places)), axis=1)[:, 1:]
    mu = np.sort(np.log(r[:, 1] / r[:, 0]))
    n = len(mu)
    keep = int(0.9 * n)
    y = -np.log(1 - np.arange(1, keep + 1) / n)
    emit(layer, "two_nearest", (mu[:keep] @ y) / (mu[:keep] @ mu[:keep]))
    emit(layer, "places", n)
    return r


def census(layer, u):
    """Cores with at least max(2, half of 0.5 %) tokens within 30 degrees; components of cores; others to the nearest core."""
    c = u @ u.T
    np.fill_diagonal(c, 1)
    near = c >= np.cos(np.pi / 6)
    degree = near.sum(1)
    core = np.where((degree >= 2) & (degree / len(u) >= 0.0025))[0]
    _, label = connected_components(near[np.ix_(core, core)], directed=False)
    labels = np.full(len(u), -1)
    labels[core] = label
    for i in np.setdiff1d(np.arange(len(u)), core):
        beside = core[near[i, core]]
        if len(beside):
            labels[i] = labels[beside[np.argmax(c[i, beside])]]
    masses = []
    for k in range(label.max() + 1 if len(core) else 0):
        members = labels == k
        centre = units(u[members].sum(0))
        radius = np.sqrt(((u[members] - centre) ** 2).sum(1).mean())
        if members.mean() >= 0.005 and radius <= 1:
            masses.append((members.mean(), radius, degree[members].mean() / len(u)))
    masses.sort(reverse=True)
    emit(layer, "clusters", len(masses))
    emit(layer, "largest_mass", masses[0][0] if masses else 0)
    emit(layer, "largest_density", masses[0][2] if masses else 0)
    emit(layer, "straggler_mass", 1 - sum(m[0] for m in masses))


def rate(g, beta):
    w = np.exp(beta * (g - 1))
    w /= w.sum(1, keepdims=True)
    p = w @ g
    s = (w * g).sum(1)
    return p + p.T - (s[:, None] + s[None, :]) * g


def contraction(layer, before, after):
    """beta and time of the softmax flow nearest to the change of all cosines within the sequences."""
    upper = np.triu_indices(tokens, 1)
    old = [u @ u.T for u in before]
    new = [u @ u.T for u in after]
    change = np.concatenate([(n - o)[upper] for o, n in zip(old, new)])

    def fit(beta):
        model = np.concatenate([0.5 * (rate(o, beta) + rate(n, beta))[upper] for o, n in zip(old, new)])
        time = model @ change / (model @ model)
        return ((change - time * model) ** 2).sum(), time

    grid = np.concatenate([[0], np.geomspace(0.05, 64, 200)])
    misfits = [fit(b)[0] for b in grid]
    k = int(np.argmin(misfits))
    best = minimize_scalar(lambda b: fit(b)[0], bounds=(grid[max(k - 1, 0)], grid[min(k + 1, 200)]), method="bounded", options={"xatol": 1e-9})
    beta = best.x if best.fun < misfits[k] else grid[k]
    emit(layer, "beta", beta)
    emit(layer, "time", fit(beta)[1])
    emit(layer, "explained", 1 - fit(beta)[0] / (change @ change))


print("layer,name,value")
for layer in range(layers):
    x = states[layer].reshape(-1, dimension)
    u = units(x)
    n = len(u)
    norms = np.linalg.norm(x, axis=1)
    for name, value in (("mean_norm", norms.mean()), ("norm_deviation", norms.std()), ("smallest_norm", norms.min()), ("largest_norm", norms.max())):
        emit(layer, name, value)
    emit(layer, "token_variance", 1 - (u.mean(0) ** 2).sum())
    emit(layer, "order_parameter", np.linalg.norm(u.mean(0)))
    within = [units(s) for s in states[layer]]
    emit(layer, "mean_cosine_within", np.mean([(v @ v.T)[np.triu_indices(tokens, 1)].mean() for v in within]))
    pairs(layer, "", u)
    pairs(layer, "centred_", units(u - u.mean(0)))
    for name, matrix in (("raw", x), ("raw_centred", x - x.mean(0)), ("unit", u), ("unit_centred", u - u.mean(0))):
        emit(layer, "rank_" + name, rank(matrix))
    intrinsic(layer, u)
    census(layer, u)
    shares = np.linalg.svd(u - u.mean(0), compute_uv=False) ** 2
    for i in range(3):
        emit(layer, f"variance_share_{i}", shares[i] / shares.sum())
    if layer == 0:
        continue
    old = units(states[layer - 1].reshape(-1, dimension))
    cosines = (u * old).sum(1)
    emit(layer, "block_influence", 1 - cosines.mean())
    emit(layer, "angular_distance", np.arccos(np.clip(cosines, -1, 1)).mean() / np.pi)
    contraction(layer, [units(s) for s in states[layer - 1]], within)
