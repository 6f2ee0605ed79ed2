"""Checks a temporal VTKHDF 2 file (PolyData or UnstructuredGrid) against what the readers of ParaView 5.12 to 6.2 need.

Usage: vtkhdf_lint.py FILE...   Prints a JSON object {file: [complaints]}; exit status 1 if there are any.
The rules go beyond the written specification: each was found by opening files in those versions.
"""
import json
import sys

import h5py
import numpy as np

POLYDATA_CELLS = ["Vertices", "Lines", "Polygons", "Strips"]


class Checker:
    def __init__(self, root):
        self.root = root
        self.complaints = []
        self.kind = None

    def require(self, condition, complaint):
        if not condition:
            self.complaints.append(complaint)
        return bool(condition)

    def check(self):
        self.check_type()
        if self.kind not in ("PolyData", "UnstructuredGrid"):
            return self.require(False, f"Type is {self.kind!r}: only PolyData and UnstructuredGrid are checked")
        self.require(self.root.attrs["Version"][0] == 2, "Version must be 2.x for PolyData and Steps")
        self.points = self.root["Points"]
        self.part_points = self.root["NumberOfPoints"][...]
        self.require(self.points.ndim == 2 and self.points.shape[1] == 3, "Points must have shape (n, 3)")
        if self.kind == "PolyData":
            for name in POLYDATA_CELLS:
                if self.require(name in self.root, f"group {name} is missing; it must exist even when empty"):
                    self.check_cells(name, self.root[name])
        else:
            self.check_cells("cells", self.root)
            self.require(len(self.root["Types"]) == self.root["NumberOfCells"][...].sum(), "Types needs one entry per cell")
        if "Steps" in self.root:
            self.check_steps()

    def check_type(self):
        """Readers before 6.0 compare the stored bytes: fixed length, ASCII, nothing after the word."""
        stored = h5py.h5a.open(self.root.id, b"Type").get_type()
        value = np.ravel(self.root.attrs["Type"])[0]
        word = value.decode() if isinstance(value, bytes) else str(value)
        self.kind = word.strip("\0")
        if self.require(not stored.is_variable_str(), "Type is a variable-length string, unreadable before ParaView 5.13"):
            self.require(stored.get_size() == len(word.encode()), "Type has room for a terminator, which ParaView 5.13 compares too")
        self.require(stored.get_cset() == h5py.h5t.CSET_ASCII, "Type is UTF-8, refused before ParaView 6.0")

    def check_cells(self, name, group):
        parts = len(self.part_points)
        cells, ids = group["NumberOfCells"][...], group["NumberOfConnectivityIds"][...]
        offsets, connectivity = group["Offsets"], group["Connectivity"][...]
        self.require(len(cells) == parts and len(ids) == parts, f"{name}: one NumberOfCells and NumberOfConnectivityIds per part")
        self.require(len(offsets) == cells.sum() + parts, f"{name}/Offsets needs (cells + 1) entries per part")
        if self.require(len(connectivity) == ids.sum(), f"{name}/Connectivity does not have NumberOfConnectivityIds entries"):
            if len(connectivity):
                inside = connectivity.min() >= 0 and connectivity.max() < self.part_points.max()
                self.require(inside, f"{name}/Connectivity names points that do not exist")

    def check_steps(self):
        steps = self.root["Steps"]
        count = int(steps.attrs["NSteps"])
        kinds = len(POLYDATA_CELLS) if self.kind == "PolyData" else 1
        shapes = {"Values": (count,), "PartOffsets": (count,), "PointOffsets": (count,),
                  "CellOffsets": (count, kinds), "ConnectivityIdOffsets": (count, kinds)}
        for name, shape in shapes.items():
            if self.require(name in steps, f"Steps/{name} is missing"):
                flat = kinds == 1 and steps[name].shape == (count,)
                self.require(flat or steps[name].shape == shape, f"Steps/{name} has shape {steps[name].shape}, not {shape}")
        if self.complaints:
            return
        self.require(np.all(np.diff(steps["Values"][:count]) > 0), "Steps/Values must increase strictly")
        first = steps["PartOffsets"][:count]
        number = steps["NumberOfParts"][:count] if "NumberOfParts" in steps else np.ones(count, dtype=int)
        parts = len(self.part_points)
        if not self.require(np.all(first + number <= parts), f"PartOffsets lead past the {parts} parts"):
            return
        repeated = self.kind == "UnstructuredGrid" and parts == count > 1 and not steps["CellOffsets"][...].any()
        self.require(not repeated, "a static UnstructuredGrid must be one part that every step reuses")
        rows = self.part_points[first]
        self.require(np.all(steps["PointOffsets"][:count] + rows <= len(self.points)), "PointOffsets lead past the end of Points")
        self.check_arrays(steps, count, rows)

    def check_arrays(self, steps, count, rows):
        for name, array in self.root.get("PointData", {}).items():
            offsets = steps.get("PointDataOffsets", {})
            start = (offsets[name] if name in offsets else steps["PointOffsets"])[:count]
            self.require(np.all(start + rows <= array.shape[0]), f"PointData/{name} is shorter than its offsets say")
            self.require(array.ndim <= 2, f"PointData/{name} has {array.ndim} dimensions; use (rows) or (rows, components)")
            self.require(not set(name) & set("./"), f"the array name {name!r} contains '.' or '/'")


def lint(path):
    with h5py.File(path, "r") as file:
        if "VTKHDF" not in file:
            return ["there is no group /VTKHDF"]
        checker = Checker(file["VTKHDF"])
        checker.check()
        return checker.complaints


if __name__ == "__main__":
    found = {path: lint(path) for path in sys.argv[1:]}
    print(json.dumps(found))
    sys.exit(1 if any(found.values()) else 0)
