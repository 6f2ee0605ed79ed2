"""Evaluates density and velocity of a run at given mesh points from result.h5 alone, with scipy's special functions.

Usage: python3 evaluate_run.py RUN STEP,STEP,... x,y,z;x,y,z;...     (points on the sphere, or on the circle with z = 0)
Prints JSON {"density": [[...] per step], "velocity": [[...] per step], "xarray": {...}}: an independent path from coefficients to fields.
"""
import json
import sys

import h5py
import numpy as np
import xarray
from scipy.special import gammaln, ive, lpmv

run, steps, points = sys.argv[1], [int(s) for s in sys.argv[2].split(",")], np.array([[float(c) for c in p.split(",")] for p in sys.argv[3].split(";")])
points /= np.linalg.norm(points, axis=1)[:, None]
file = h5py.File(run + "/result.h5", "r")
d, beta, softmax = int(file.attrs["dimension"]), float(file.attrs["beta"]), file.attrs["normalization"] == "softmax"
degree, order = file["degree"][:], file["order"][:]
H = 1e-5


def harmonics(x):                     # [point, coefficient]; extended off the sphere by x -> x/|x|, so differences are tangential
    x = x / np.linalg.norm(x, axis=1)[:, None]
    if d == 2:
        theta = np.arctan2(x[:, 1], x[:, 0])[:, None]
        y = np.where(order > 0, np.cos(degree * theta), np.sin(degree * theta)) * np.sqrt(2)
        return np.where(degree == 0, 1.0, y)
    phi = np.arctan2(x[:, 1], x[:, 0])[:, None]
    m = np.abs(order)
    scale = np.exp(0.5 * (np.log(2 * degree + 1) + gammaln(degree - m + 1) - gammaln(degree + m + 1))) * (-1.0) ** m
    azimuth = np.where(order > 0, np.sqrt(2) * np.cos(m * phi), np.where(order < 0, np.sqrt(2) * np.sin(m * phi), 1.0))
    return scale * lpmv(m, degree, np.clip(x[:, 2:3], -1, 1)) * azimuth


keep = degree <= 60                   # lpmv overflows far beyond; the runs compared have nothing there
degree, order = degree[keep], order[keep]
lam = ive(degree, beta) if d == 2 else np.sqrt(np.pi / (2 * beta)) * ive(degree + 0.5, beta)      # times e^-beta
multiplier = lam / beta / (lam[0] if softmax else np.exp(-beta))
Y = harmonics(points)
dY = np.stack([(harmonics(points + H * e) - harmonics(points - H * e)) / (2 * H) for e in np.eye(3)[:, : 3]], axis=-1)
density, velocity = [], []
for step in steps:
    a = file["coefficients"][step][keep]
    z = 1 + beta * Y @ (multiplier * a * (degree > 0)) if softmax else 1
    density.append((Y @ a).tolist())
    velocity.append((np.einsum("pck,c->pk", dY, multiplier * a) / np.reshape(z, (-1, 1))).ravel().tolist())
data = xarray.open_dataset(run + "/result.h5", engine="h5netcdf")
diagnostics = xarray.open_dataset(run + "/result.h5", engine="h5netcdf", group="diagnostics")
print(json.dumps({
    "density": density, "velocity": velocity,
    "dims": list(data["coefficients"].dims), "steps": int(data.sizes["time"]), "mass": float(diagnostics["mass"].max()),
    "outcome": str(file.attrs["outcome"]), "valid_until": float(file.attrs["valid_until"]), "last_time": float(file["time"][-1]),
}))
