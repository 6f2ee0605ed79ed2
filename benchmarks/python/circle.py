"""The right-hand side on the circle with NumPy's FFT; one JSON line in, one out."""
import json
import sys
import time

import numpy as np


def make(points, multipliers, c):
    """N_k = -ik [(rho - 1) Psi']_k with Psi = sum m_k c_k e^{ik theta}, from c_k, k = 0 ... L."""
    few = len(multipliers)
    slope = 1j * np.arange(few) * np.asarray(multipliers)
    divergence = -1j * np.arange(len(c))

    def right_hand_side():
        velocity = np.fft.irfft(slope * c[:few], points, norm="forward")
        flux = np.fft.irfft(c, points, norm="forward")
        flux *= velocity
        return divergence * np.fft.rfft(flux, norm="forward")[: len(c)]

    return right_hand_side


work = None
for line in sys.stdin:
    question = json.loads(line)
    if question["command"] == "version":
        answer = {"version": np.__version__}
    elif question["command"] == "prepare":
        state = np.array(question["real"]) + 1j * np.array(question["imaginary"])
        state[0] -= 1
        work = make(question["points"], question["multipliers"], state)
        result = work()
        answer = {"real": result.real.tolist(), "imaginary": result.imag.tolist()}
    else:
        start = time.perf_counter()
        for _ in range(question["repetitions"]):
            work()
        answer = {"seconds": time.perf_counter() - start}
    print(json.dumps(answer), flush=True)
