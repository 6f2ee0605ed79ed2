"""Opens an exported netCDF file with xarray, by its default engine and by h5netcdf; prints what they see as JSON."""
import json
import sys
import warnings

import h5netcdf  # noqa: F401 - must be there, or xarray passes over it
import netCDF4
import numpy as np
import xarray

warnings.simplefilter("error")


def see(path, engine):
    with xarray.open_dataset(path, engine=engine) as data:
        names = list(data.density.dims[1:]) if "density" in data else []
        return {
            "sizes": dict(data.sizes),
            "coordinates": sorted(map(str, data.coords)),
            "variables": sorted(map(str, data.data_vars)),
            "dimensions": {str(name): list(data[name].dims) for name in data.variables},
            "title": data.attrs.get("title"),
            "mass": [float(x) for x in (data.density * data.area_weight).sum(names)] if names else None,
            "density": data.density[-1].values.ravel().tolist() if names else None,
            "axes": {name: data[name].values.tolist() for name in names},
            "coefficients": [None if np.isnan(x) else float(x) for x in data.coefficients[-1].values],
            "units": {str(name): data[name].attrs.get("units") for name in data.variables},
        }


file = sys.argv[1]
with netCDF4.Dataset(file) as plain:
    conventions = plain.Conventions
print(json.dumps({"conventions": conventions, "default": see(file, None), "h5netcdf": see(file, "h5netcdf")}))
