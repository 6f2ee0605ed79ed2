"""Harmonic sums over tokens of the circle and the sphere with NumPy; one JSON line in, one out."""
import numpy as np

from peer import serve

BLOCK = 4096  # tokens whose harmonics stay in the cache


def circle(tokens, multipliers):
    """a_k = mean of e^{-ik theta}, k = 0 ... L; f = Re sum m_k a_k e^{ik theta} twice for k > 0, and its gradient, by powers of e^{i theta}."""
    z = tokens[:, 0] + 1j * tokens[:, 1]
    degrees = np.arange(len(multipliers))
    scale = np.where(degrees == 0, 1, 2) * np.asarray(multipliers)

    def powers(first):
        p = np.empty((len(degrees), min(BLOCK, len(z) - first)), complex)
        p[0] = 1
        for k in range(1, len(p)):
            np.multiply(p[k - 1], z[first : first + BLOCK], out=p[k])
        return p

    def forces():
        moments = np.zeros(len(degrees), complex)
        for first in range(0, len(z), BLOCK):
            moments += powers(first).sum(axis=1)
        moments = scale * moments.conj() / len(z)
        result = np.empty((3, len(z)))
        both = np.stack([moments, 1j * degrees * moments])
        for first in range(0, len(z), BLOCK):
            rows = slice(first, first + BLOCK)
            value, slope = (both @ powers(first)).real
            result[:, rows] = value, -slope * z[rows].imag, slope * z[rows].real
        return result

    return forces


def sphere(tokens, multipliers):
    """The same with a_lm = mean of Q_lm(z) (x - iy)^m: order after order, Q by recurrence in l, its derivative beside it."""
    bandlimit = len(multipliers) - 1
    epsilon = lambda l, m: np.sqrt((l - m) * (l + m) / ((2 * l - 1) * (2 * l + 1)))

    def orders(x, y, z):
        w, below = np.ones(len(z), complex), np.zeros(len(z), complex)
        sectoral = 1.0
        for m in range(bandlimit + 1):
            if m:
                w, below = w * (x + 1j * y), w
                sectoral *= np.sqrt((2 * m + 1) / (2 * m))
            q, dq = np.empty((2, bandlimit + 1 - m, len(z)))
            q[0], dq[0] = sectoral * (np.sqrt(2) if m else 1), 0
            for l in range(m + 1, bandlimit + 1):
                i, rise = l - m, 1 / epsilon(l, m)
                q[i], dq[i] = rise * z * q[i - 1], rise * (q[i - 1] + z * dq[i - 1])
                if i > 1:
                    q[i] -= rise * epsilon(l - 1, m) * q[i - 2]
                    dq[i] -= rise * epsilon(l - 1, m) * dq[i - 2]
            yield m, w, below, q, dq

    def forces():
        moments = [0] * (bandlimit + 1)
        for first in range(0, len(tokens), BLOCK):
            for m, w, _, q, _ in orders(*tokens[first : first + BLOCK].T):
                moments[m] = moments[m] + q @ w.conj()
        moments = [np.asarray(multipliers[m:]) * a / len(tokens) for m, a in enumerate(moments)]
        result = np.empty((4, len(tokens)))
        for first in range(0, len(tokens), BLOCK):
            x, y, z = tokens[first : first + BLOCK].T
            value, gx, gy, gz = np.zeros((4, len(z)))
            for m, w, below, q, dq in orders(x, y, z):
                a, slope = moments[m] @ q, moments[m] @ dq
                value += (a * w).real
                gz += (slope * w).real
                gx += m * (a * below).real
                gy -= m * (a * below).imag
            radial = gx * x + gy * y + gz * z
            result[:, first : first + BLOCK] = value, gx - radial * x, gy - radial * y, gz - radial * z
        return result

    return forces


def prepare(question):
    tokens = np.array(question["tokens"]).reshape(question["dimension"], -1).T.copy()
    work = (circle if question["dimension"] == 2 else sphere)(tokens, question["multipliers"])
    return work, {"forces": work().ravel().tolist()}


serve(prepare)
