"""Writes the same hidden states in every form that libraries write them in, and what NumPy reads from each as float64."""
import json
import struct
import sys

import h5py
import numpy as np

folder = sys.argv[1]
random = np.random.default_rng(20240611)
states = random.standard_normal((3, 2, 37, 21)) * np.exp(6 * random.standard_normal((3, 2, 37, 1)))
states[0, 0, 0, :4] = [0.0, -0.0, 6e-8, -3e-5]  # zeros and numbers below the normal range of float16
states = np.clip(states, -6e4, 6e4)
files = []


def bfloat(array):  # truncation is a rounding too; what counts is what the file holds
    return (np.ascontiguousarray(array, "<f4").view("<u4") >> 16).astype("<u2")


def widened(bits):
    return (bits.astype("<u4") << 16).view("<f4").astype("<f8")


def record(path, values, dataset=None, names=None):
    values = np.ascontiguousarray(values, "<f8")
    if values.ndim == 3:
        values = values[:, None]
    values.tofile(path + ".expected")
    files.append({"path": path, "shape": values.shape, "dataset": dataset, "names": names or [str(i) for i in range(len(values))]})


def npy(name, array, descr=None):
    path = f"{folder}/{name}.npy"
    if descr is None:
        np.save(path, array)
        return record(path, array.astype("<f8"))
    with open(path, "wb") as file:  # as np.save writes the dtype of ml_dtypes
        np.lib.format.write_array_header_1_0(file, {"descr": descr, "fortran_order": False, "shape": array.shape})
        file.write(array.tobytes())
    record(path, widened(array))


for kind in ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]:
    for order in "CF":
        npy(f"{kind[1:]}-{'big' if kind[0] == '>' else 'little'}-{order}", np.array(states, kind, order=order))
npy("three-axes", states[:, 0].astype("<f4"))
npy("three-axes-F", np.asfortranarray(states[:, 0].astype("<f4")))
npy("bfloat16", bfloat(states), "<V2")
npy("bfloat16-again", bfloat(states[:, 1]), "|V2")


def safetensors(name, tensors):
    header, data = {"__metadata__": {"format": "np"}}, b""
    for key, (dtype, array) in tensors.items():
        data += array.tobytes()
        header[key] = {"dtype": dtype, "shape": array.shape, "data_offsets": [len(data) - array.nbytes, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path = f"{folder}/{name}.safetensors"
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    return path


halves = states.astype("<f2")
record(safetensors("whole", {"mask": ("I64", np.ones((2, 37), "<i8")), "hidden": ("F16", halves)}), halves)
record(safetensors("whole-bf16", {"hidden": ("BF16", bfloat(states[:, 0]))}), widened(bfloat(states[:, 0])))
many = random.standard_normal((12, 5, 8))
names = [f"model.layer.{i}" for i in range(12)]
shuffled = {names[i]: ("F64", many[i]) for i in random.permutation(12)}
record(safetensors("per-layer", shuffled), many, names=names)
record(safetensors("per-layer-4", {n: ("F32", s.astype("<f4")) for n, s in zip("abc", states)}), states.astype("<f4"), names=["a", "b", "c"])
mixed = {f"decoder.{i}": ("F32", np.zeros((5, 8), "<f4")) for i in range(2)} | {f"encoder.{i}": ("F64", many[i]) for i in range(3)}
record(safetensors("prefix", mixed), many[:3], "encoder.", [f"encoder.{i}" for i in range(3)])


def hdf5(name, write, values, dataset=None, names=None):
    path = f"{folder}/{name}.h5"
    with h5py.File(path, "w") as file:
        write(file)
    record(path, values, dataset, names)


hdf5("plain", lambda f: f.create_dataset("hidden_states", data=states.astype("<f4")), states.astype("<f4"))
hdf5("packed", lambda f: f.create_dataset("h", data=halves, chunks=(1, 1, 16, 21), compression="gzip", shuffle=True, fletcher32=True), halves)
hdf5("big-endian", lambda f: f.create_dataset("g/h", data=states.astype(">f8")), states)
hdf5("latest", lambda f: [f.create_dataset(f"layers/{n}", data=m, chunks=(2, 8)) for n, m in shuffled.items() for m in [m[1]]], many,
     names=["layers/" + n for n in names])


def two(file):
    file.create_dataset("attention", data=many)
    file.create_dataset("states", data=states[:, 0])
    file["states"].attrs["layer_names"] = "input, block,end"


hdf5("two", two, states[:, 0], "/states", ["input", "block", "end"])
print(json.dumps({"files": files}))
