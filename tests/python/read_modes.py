"""Reads a file of eigenfunctions as a user would, with h5py and xarray, and holds its fields against scipy's harmonics.

Usage: read_modes.py FILE   Prints a JSON object; "error" is the largest distance of a field or profile from scipy's.
"""
import json
import sys

import h5py
import numpy as np
import xarray
from scipy.special import eval_gegenbauer, gammaln, lpmv

file = h5py.File(sys.argv[1], "r")
d = int(file.attrs["dimension"])
degree, order = file["degree"][:], file["order"][:]


def harmonic(l, m, x):
    angle = np.arctan2(x[:, 1], x[:, 0])
    if d == 2:
        return np.sqrt(2) * (np.cos(l * angle) if m > 0 else np.sin(l * angle))
    k = abs(m)
    scale = np.exp(0.5 * (np.log(2 * l + 1) + gammaln(l - k + 1) - gammaln(l + k + 1))) * (-1.0) ** k
    azimuth = np.sqrt(2) * np.cos(k * angle) if m > 0 else np.sqrt(2) * np.sin(k * angle) if m < 0 else 1.0
    return scale * lpmv(k, l, np.clip(x[:, 2], -1, 1)) * azimuth


if d < 4:
    root = file["VTKHDF"]
    points = root["Points"][:].astype(float)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    fields = root["PointData/harmonic"][:].reshape(len(degree), len(points))
    truth = [harmonic(l, m, points) for l, m in zip(degree, order)]
    steps = {name: root["FieldData/" + name][:].tolist() for name in ("degree", "order", "growth_rate")}
    steps["times"] = root["Steps/Values"][:].tolist()
else:
    fields, t = file["profile"][:], file["t"][:]
    truth = [eval_gegenbauer(l, d / 2 - 1, t) / eval_gegenbauer(l, d / 2 - 1, 1.0) for l in degree]
    steps = {}
data = xarray.open_dataset(sys.argv[1], engine="h5netcdf")
print(json.dumps({
    "error": float(np.abs(fields - np.array(truth)).max()), "dims": list(data["growth_rate"].dims), "steps": steps,
    "mode": file["mode"][:].tolist(), "degree": degree.tolist(), "order": order.tolist(), "growth_rate": file["growth_rate"][:].tolist(),
    "multiplicity": file["multiplicity"][:].tolist(), "multiplier": file["multiplier"][:].tolist(),
    "normalization": file.attrs["normalization"], "fastest_degree": int(file.attrs["fastest_degree"]),
}))
