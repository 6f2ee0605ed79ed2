"""The right-hand side on the circle with NumPy's FFT; one JSON line in, one out."""
import numpy as np

from peer import serve


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


def prepare(question):
    state = np.array(question["real"]) + 1j * np.array(question["imaginary"])
    state[0] -= 1
    work = make(question["points"], question["multipliers"], state)
    result = work()
    return work, {"real": result.real.tolist(), "imaginary": result.imag.tolist()}


serve(prepare)
