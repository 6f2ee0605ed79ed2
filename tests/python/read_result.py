"""Reads result.h5 with h5py and with xarray; prints what they see as JSON."""
import json
import sys
import warnings

import h5py
import numpy as np
import xarray

warnings.simplefilter("error")


def plain(value):
    if isinstance(value, bytes):
        raise TypeError("an attribute reads as bytes, not as text")
    return value.item() if isinstance(value, np.generic) else value


def numbers(array):
    return [None if np.isnan(x) else x for x in np.asarray(array, dtype=float).ravel().tolist()]


def describe(dataset):
    return {
        "shape": list(dataset.shape),
        "type": dataset.dtype.str,
        "values": numbers(dataset[...]),
        "units": dataset.attrs["units"],
        "long_name": dataset.attrs["long_name"],
        "scales": [dimension[0].name if len(dimension) else None for dimension in dataset.dims],
        "is_scale": bool(h5py.h5ds.is_scale(dataset.id)),
        "chunks": list(dataset.chunks) if dataset.chunks else None,
        "compression": dataset.compression,
        "shuffle": bool(dataset.shuffle),
    }


def from_xarray(path, group):
    with xarray.open_dataset(path, engine="h5netcdf", group=group) as data:
        return {
            "sizes": {str(k): int(v) for k, v in data.sizes.items()},
            "coordinates": sorted(str(name) for name in data.coords),
            "dimensions": {str(name): list(data[name].dims) for name in data.variables},
            "units": {str(name): data[name].attrs.get("units") for name in data.variables},
            "attributes": {name: plain(value) for name, value in data.attrs.items()},
            "sums": {str(name): float(data[name].sum()) for name in data.variables},
        }


path = sys.argv[1]
datasets = {}
with h5py.File(path, "r") as file:
    file.visititems(lambda name, item: datasets.update({name: describe(item)}) if isinstance(item, h5py.Dataset) else None)
    attributes = {name: plain(value) for name, value in file.attrs.items()}
    groups = [None, "diagnostics"] + (["tokens"] if "tokens" in file else [])
print(json.dumps({
    "attributes": attributes,
    "datasets": datasets,
    "xarray": {group or "": from_xarray(path, group) for group in groups},
}))
