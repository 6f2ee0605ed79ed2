"""Writes an HDF5 file that leads its readers astray.   Usage: python3 write_hostile_hdf5.py KIND FILE"""
import os
import sys

import h5py
import numpy as np

kind, path = sys.argv[1:]
with h5py.File(path, "w") as file:
    if kind == "external":
        file.create_dataset("x", (2, 3, 4), "f8", external=[("/dev/zero", 0, h5py.h5f.UNLIMITED)])
    elif kind == "virtual":
        os.mkfifo(path + ".pipe")
        layout = h5py.VirtualLayout((2, 3, 4), "f8")
        layout[:] = h5py.VirtualSource(path + ".pipe", "x", (2, 3, 4))
        file.create_virtual_dataset("x", layout)
    elif kind == "link":
        os.mkfifo(path + ".pipe")
        file["x"] = h5py.ExternalLink(path + ".pipe", "/x")
        file["y"] = h5py.SoftLink("/x")
    elif kind == "compound":
        file["x"] = np.zeros((2, 3, 4), [("re", "f8"), ("im", "f8")])
    elif kind == "strings":
        file["x"] = np.full((2, 3, 4), "text", h5py.string_dtype())
    elif kind == "never-written":
        file.create_dataset("x", (4, 1 << 20, 1 << 12), "f8", chunks=(1, 1024, 1024))
    elif kind == "self-containing":
        group = file.create_group("a")
        group["again"] = group
        group["root"] = file["/"]
    elif kind == "many":
        for i in range(4200):
            file.create_group(f"g{i}")
print("{}")
