"""Evenly spaced tokens of the circle, displaced by 1e-5 sin(q t) and less of the neighbouring degrees: quiet_tokens.py Q FILE.npy"""
import sys

import numpy as np

q = int(sys.argv[1])
t = 2 * np.pi * np.arange(2000) / 2000
t = t + 1e-5 * np.sin(q * t) + 1e-6 * np.cos((q + 1) * t) + 2e-6 * np.sin((q - 1) * t)
np.save(sys.argv[2], np.stack([np.cos(t), np.sin(t)], axis=1))
