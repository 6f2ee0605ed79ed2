"""Changes the layout of a result.h5, not its numbers. Usage: damage_layout.py FILE scale|units|diagnostic"""

import json
import sys

import h5py

with h5py.File(sys.argv[1], "r+") as file:
    if sys.argv[2] == "scale":
        file["coefficients"].dims[0].detach_scale(file["time"])
    elif sys.argv[2] == "units":
        del file["diagnostics/energy"].attrs["units"]
    else:
        file["diagnostics"].move("entropy", "disorder")
print(json.dumps({"changed": sys.argv[2]}))
