"""Reads /phases of result.h5 with h5py; prints it as JSON."""
import json
import sys

import h5py
import numpy as np


def column(dataset):
    values = dataset.asstr()[...].tolist() if h5py.check_string_dtype(dataset.dtype) else [
        None if np.isnan(x) else x for x in dataset[...].astype(float).tolist()]
    return {"values": values, "units": dataset.attrs["units"], "long_name": dataset.attrs["long_name"]}


with h5py.File(sys.argv[1], "r") as file:
    phases = file["phases"]
    print(json.dumps({
        "attributes": {name: value.item() for name, value in phases.attrs.items()},
        "boundaries": {name: column(item) for name, item in phases.items() if isinstance(item, h5py.Dataset)},
        "growth_rate": {name: column(item) for name, item in phases["growth_rate"].items()},
    }))
