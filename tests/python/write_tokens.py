"""Writes tokens on the circle at given angles.   Usage: python3 write_tokens.py FILE ANGLE,ANGLE,...

A .npy holds the matrix [N, 2]; positions.h5 the dataset "positions"; any other .h5 one matrix of another name beside a vector.
"""
import sys

import h5py
import numpy as np

path, angles = sys.argv[1], np.array([float(a) for a in sys.argv[2].split(",")])
positions = np.stack([np.cos(angles), np.sin(angles)], axis=1)
if path.endswith(".npy"):
    np.save(path, positions)
else:
    with h5py.File(path, "w") as file:
        if path.endswith("positions.h5"):
            file["positions"] = positions
            file["other"] = np.zeros((3, 3))
        else:
            file["x"] = positions.astype("f8")
            file["labels"] = np.arange(len(angles))
            file.create_group("more")
print("{}")
