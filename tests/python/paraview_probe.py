"""Opens files in ParaView (pvpython, no display) and prints, as JSON, what its readers make of them.

Usage: pvpython paraview_probe.py POINT,POINT,...|all FILE...
"""
import json
import sys

from paraview import servermanager, simple
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkFiltersCore import vtkCleanPolyData, vtkFeatureEdges
from vtkmodules.vtkFiltersGeometry import vtkGeometryFilter
import numpy as np


def polydata(dataset):
    if dataset.IsA("vtkMultiBlockDataSet"):
        blocks = [dataset.GetBlock(i) for i in range(dataset.GetNumberOfBlocks())]
        assert len(blocks) == 1, f"{len(blocks)} blocks"
        dataset = blocks[0]
    surface = vtkGeometryFilter()
    surface.SetInputData(dataset)
    surface.Update()
    return dataset, surface.GetOutput()


def open_edges(surface):
    clean = vtkCleanPolyData()
    clean.SetInputData(surface)
    clean.PointMergingOn()
    edges = vtkFeatureEdges()
    edges.SetInputConnection(clean.GetOutputPort())
    edges.BoundaryEdgesOn()
    edges.NonManifoldEdgesOn()
    edges.FeatureEdgesOff()
    edges.ManifoldEdgesOff()
    edges.Update()
    return edges.GetOutput().GetNumberOfCells()


def cells(surface):
    points = vtk_to_numpy(surface.GetPoints().GetData()).astype(float)
    if surface.GetNumberOfPolys():
        triangles = vtk_to_numpy(surface.GetPolys().GetConnectivityArray()).reshape(-1, 3)
        a, b, c = (points[triangles[:, i]] for i in range(3))
        normals = np.cross(b - a, c - a) / 2
        return {
            "smallest_outward": float((normals * (a + b + c) / 3).sum(axis=1).min()),
            "area": float(np.linalg.norm(normals, axis=1).sum()),
            "open_edges": open_edges(surface),
        }
    if surface.GetNumberOfVerts():
        return {"vertices": vtk_to_numpy(surface.GetVerts().GetConnectivityArray()).tolist()}
    ids = vtk_to_numpy(surface.GetLines().GetConnectivityArray())
    return {
        "closed": bool(ids[0] == ids[-1]),
        "length": float(np.linalg.norm(np.diff(points[ids], axis=0), axis=1).sum()),
    }


def frame(reader, time, sample):
    reader.UpdatePipeline(time)
    dataset, surface = polydata(servermanager.Fetch(reader))
    data = dataset.GetPointData()
    arrays = {data.GetArrayName(i): vtk_to_numpy(data.GetArray(i)) for i in range(data.GetNumberOfArrays())}
    points = vtk_to_numpy(dataset.GetPoints().GetData())
    return {
        "time": time,
        "points": dataset.GetNumberOfPoints(),
        "cells": dataset.GetNumberOfCells(),
        "positions": points[sample].astype(float).ravel().tolist(),
        **{f"{name}_range": [float(values.min()), float(values.max())] for name, values in arrays.items()},
        **{f"{name}_type": values.dtype.str for name, values in arrays.items()},
        **{name: values[sample].astype(float).ravel().tolist() for name, values in arrays.items()},
        **cells(surface),
    }


def probe(path, sample):
    reader = simple.OpenDataFile(path)
    assert reader is not None, f"ParaView has no reader for {path}"
    reader.UpdatePipelineInformation()
    times = np.atleast_1d(reader.TimestepValues).tolist()        # a single time comes as a number
    chosen = [times[0], times[len(times) // 2], times[-1]]
    result = {"reader": reader.GetXMLName(), "times": times, "frames": [frame(reader, t, sample) for t in chosen]}
    simple.Delete(reader)
    return result


points = slice(None) if sys.argv[1] == "all" else [int(k) for k in sys.argv[1].split(",")]
print("JSON " + json.dumps({path: probe(path, points) for path in sys.argv[2:]}))
