"""High-precision Gauss-Gegenbauer rules (mpmath, 50 digits, Newton from Golub-Welsch guesses) at selected nodes.

Columns: dimension, count, index (from the north), node, sine, weight (mass 1).   Run:  /usr/bin/python3 make_gauss_reference.py > gauss.csv
"""
import numpy as np
from mpmath import mp, mpf, sqrt

mp.dps = 50


def orthonormal(d, n, t):
    """pi_0 ... pi_n and the derivative of pi_n at t."""
    b = [mpf(0)] + [sqrt(mpf(1) / 2) if d == 2 and k == 1 else sqrt(mpf(k) * (k + d - 3) / ((2 * k + d - 2) * (2 * k + d - 4))) for k in range(1, n + 1)]
    p, dp = [mpf(1)], [mpf(0)]
    for k in range(n):
        below, dbelow = (p[k - 1], dp[k - 1]) if k else (mpf(0), mpf(0))
        p.append((t * p[k] - b[k] * below) / b[k + 1])
        dp.append((p[k] + t * dp[k] - b[k] * dbelow) / b[k + 1])
    return p, dp


print("dimension,count,index,node,sine,weight")
for d, n in ((3, 1), (3, 2), (3, 5), (3, 129), (3, 384), (3, 720), (4, 33), (8, 64), (64, 100), (1024, 40), (2, 17)):
    k = np.arange(1, n)
    b2 = np.where((k == 1) & (d == 2), 0.5, k * (k + d - 3.0) / np.maximum((2.0 * k + d - 2) * (2.0 * k + d - 4), 1e-300))
    guesses = np.sort(np.linalg.eigvalsh(np.diag(np.sqrt(b2), 1) + np.diag(np.sqrt(b2), -1)))[::-1] if n > 1 else np.zeros(1)
    for i in sorted({0, 1 % n, n // 3, n // 2}):
        t = mpf(float(guesses[i]))
        for _ in range(6):
            p, dp = orthonormal(d, n, t)
            t -= p[n] / dp[n]
        p, _ = orthonormal(d, n, t)
        w = 1 / sum(v * v for v in p[:n])
        print(f"{d},{n},{i},{mp.nstr(t, 25)},{mp.nstr(sqrt(1 - t * t), 25)},{mp.nstr(w, 25)}")
