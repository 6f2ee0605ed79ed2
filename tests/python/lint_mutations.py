"""Breaks a good VTKHDF file in one way at a time and prints, as JSON, what the lint says to each."""
import json
import shutil
import sys

import h5py
import numpy as np

import vtkhdf_lint


def replace(group, name, data):
    del group[name]
    group[name] = data


def retype(root, size, character_set):
    attribute = h5py.h5t.C_S1.copy()
    attribute.set_size(size)
    attribute.set_cset(character_set)
    del root.attrs["Type"]
    written = h5py.h5a.create(root.id, b"Type", attribute, h5py.h5s.create(h5py.h5s.SCALAR))
    written.write(np.array(b"PolyData", dtype=f"S{size}"), mtype=attribute)


def variable_type(root):
    root.attrs["Type"] = "PolyData"


def unknown_type(root):
    root.attrs["Type"] = np.bytes_("ImageData")


def grow(root, path, amount):
    root[path][-1] += amount


MUTATIONS = {
    "no group": lambda root: root.file.move("VTKHDF", "other"),
    "variable-length type": variable_type,
    "unknown type": unknown_type,
    "terminated type": lambda root: retype(root, 9, h5py.h5t.CSET_ASCII),
    "UTF-8 type": lambda root: retype(root, 8, h5py.h5t.CSET_UTF8),
    "version 1": lambda root: root.attrs.__setitem__("Version", np.array([1, 0])),
    "flat points": lambda root: replace(root, "Points", root["Points"][...].ravel()),
    "no strips": lambda root: root.__delitem__("Strips"),
    "cells per step": lambda root: replace(root, "Polygons/NumberOfCells", np.array([1, 1])),
    "short offsets": lambda root: replace(root, "Polygons/Offsets", root["Polygons/Offsets"][:-1]),
    "short connectivity": lambda root: replace(root, "Polygons/Connectivity", root["Polygons/Connectivity"][:-1]),
    "connectivity out of range": lambda root: grow(root, "Polygons/Connectivity", 10**6),
    "no values": lambda root: root.__delitem__("Steps/Values"),
    "cell offsets without kinds": lambda root: replace(root, "Steps/CellOffsets", root["Steps/CellOffsets"][:, 0]),
    "time repeats": lambda root: replace(root, "Steps/Values", np.zeros_like(root["Steps/Values"][...])),
    "part per step": lambda root: grow(root, "Steps/PartOffsets", 1),
    "points past the end": lambda root: grow(root, "Steps/PointOffsets", 1),
    "data past the end": lambda root: grow(root, "Steps/PointDataOffsets/density", 1),
    "rank 3": lambda root: replace(root, "PointData/velocity", root["PointData/velocity"][...][:, :, None]),
    "dot in a name": lambda root: root["PointData"].__setitem__("a.b", root["PointData/density"][...]),
}


good = sys.argv[1]
said = {"unchanged": vtkhdf_lint.lint(good)}
for name, mutate in MUTATIONS.items():
    broken = good + ".broken"
    shutil.copy(good, broken)
    with h5py.File(broken, "r+") as file:
        mutate(file["VTKHDF"])
    said[name] = vtkhdf_lint.lint(broken)
print(json.dumps(said))
