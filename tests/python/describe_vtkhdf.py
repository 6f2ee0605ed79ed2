"""Structure of a VTKHDF file as h5py sees it, as JSON."""
import json
import sys

import h5py

items = {}


def visit(name, item):
    if isinstance(item, h5py.Dataset):
        items[name] = {
            "shape": list(item.shape),
            "type": item.dtype.str,
            "unlimited": item.maxshape[0] is None if item.maxshape else False,
            "chunks": list(item.chunks) if item.chunks else None,
            "filters": [item.id.get_create_plist().get_filter(i)[3].decode()
                        for i in range(item.id.get_create_plist().get_nfilters())],
            "values": item[...].ravel().tolist() if item.size <= 4096 else None,
        }


with h5py.File(sys.argv[1], "r") as file:
    file.visititems(visit)
    root = file["VTKHDF"]
    print(json.dumps({
        "version": root.attrs["Version"].tolist(),
        "type": root.attrs["Type"].decode(),
        "steps": int(root["Steps"].attrs["NSteps"]),
        "items": items,
    }))
