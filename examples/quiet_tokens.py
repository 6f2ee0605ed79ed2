"""Evenly spaced tokens of the circle, displaced by 1e-5 sin(q t) and less of the neighbouring degrees: quiet_tokens.py Q FILE.npy"""
import array
import math
import sys

q, count = int(sys.argv[1]), 2000
tokens = array.array("d")
for i in range(count):
    t = 2 * math.pi * i / count
    t += 1e-5 * math.sin(q * t) + 1e-6 * math.cos((q + 1) * t) + 2e-6 * math.sin((q - 1) * t)
    tokens.extend((math.cos(t), math.sin(t)))
if sys.byteorder == "big":
    tokens.byteswap()
header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({count}, 2), }}".ljust(117) + "\n"
with open(sys.argv[2], "wb") as file:  # npy format 1.0: magic, version, length of the header, header, data
    file.write(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + tokens.tobytes())
