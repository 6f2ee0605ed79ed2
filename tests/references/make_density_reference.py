"""Solutions of the mean-field PDE by independent dense programs (numpy + scipy DOP853 at rtol 1e-13).

circle: the exact mode equations  dc_k/dt = k sum_j j w_j c_j c_(k-j) - kappa k^2 c_k  (USA), or a pseudo-spectral SA right-hand
        side on 512 points; sphere: strong form -div(rho v) evaluated from dense spherical-harmonic matrices on a fine Gauss grid;
zonal:  method of strong-form Gegenbauer collocation through Clenshaw sums in numpy.
Columns: case, index, value (coefficients in the project's convention).  Run: /usr/bin/python3 make_density_reference.py > density.csv
"""
import numpy as np
from scipy.integrate import solve_ivp
from scipy.special import iv, ive, lpmv, gammaln, eval_gegenbauer, roots_gegenbauer, roots_legendre

OPT = dict(method="DOP853", rtol=3e-14, atol=1e-16)
print("case,index,value")


def emit(case, a):
    for i, v in enumerate(a):
        print(f"{case},{i},{v!r}")


# ---- case 1: circle, USA, beta = 4, modes (1,+1,.08) (2,-1,-.05) (3,+1,-.06), t = 0.15; case 2: with noise kappa = .3
K = 96
k = np.arange(-K, K + 1)
for case, beta, kappa, t in ((1, 4.0, 0.0, 0.15), (2, 4.0, 0.3, 0.15)):
    w = iv(np.abs(k), beta) / beta

    def rhs(t, y):
        c = y[: 2 * K + 1] + 1j * y[2 * K + 1:]
        full = np.convolve(k * w * c, c)[K: 3 * K + 1]
        d = k * full - kappa * k**2 * c
        return np.concatenate([d.real, d.imag])

    c = np.zeros(2 * K + 1, complex)
    c[K] = 1
    for deg, order, amp in ((1, 1, 0.08), (2, -1, -0.05), (3, 1, -0.06)):
        ck = amp / np.sqrt(2) * (1 if order > 0 else -1j)      # a(k,+1) = sqrt2 Re c_k, a(k,-1) = -sqrt2 Im c_k
        c[K + deg] += ck
        c[K - deg] += np.conj(ck)
    y = solve_ivp(rhs, (0, t), np.concatenate([c.real, c.imag]), **OPT).y[:, -1]
    c = y[: 2 * K + 1] + 1j * y[2 * K + 1:]
    a = [1.0]
    for deg in range(1, 41):
        a += [np.sqrt(2) * c[K + deg].real, -np.sqrt(2) * c[K + deg].imag]
    emit(case, a)

# ---- case 3: circle, SA, beta = 6, same modes, t = 1.2, pseudo-spectral on 512 points, strong form
n = 512
kk = np.fft.fftfreq(n, 1 / n)
beta = 6.0
kernel = ive(np.abs(kk), beta)
theta = 2 * np.pi * np.arange(n) / n
keep = np.abs(kk) <= 160


def rhs3(t, rho):
    rh = np.fft.fft(rho)
    z = np.fft.ifft(kernel * rh).real
    dz = np.fft.ifft(1j * kk * kernel * rh).real
    return -np.fft.ifft(1j * kk * keep * np.fft.fft(rho * dz / (beta * z))).real


rho = 1 + np.sqrt(2) * (0.08 * np.cos(theta) - 0.05 * np.sin(2 * theta) - 0.06 * np.cos(3 * theta))
rho = solve_ivp(rhs3, (0, 1.2), rho, **OPT).y[:, -1]
c = np.fft.fft(rho) / n
a = [1.0]
for deg in range(1, 41):
    a += [np.sqrt(2) * c[deg].real, -np.sqrt(2) * c[deg].imag]
emit(3, a)

# ---- cases 4, 5: sphere, SA beta = 5 kappa = .05 t = 1, and USA beta = 3 t = 0.5; dense real harmonics, project convention
L, nlat, nlon = 24, 44, 88
x, wt = roots_legendre(nlat)
phi = 2 * np.pi * np.arange(nlon) / nlon
X, P = np.repeat(x, nlon), np.tile(phi, nlat)
W = np.repeat(wt, nlon) / (2 * nlon)
S = np.sqrt(1 - X * X)


def plm(l, m):   # normalized so that sqrt2 cos(m phi) P (m > 0) is orthonormal for sigma; no Condon-Shortley phase
    if m > l:
        return np.zeros_like(X)
    return np.exp(0.5 * (np.log(2 * l + 1) + gammaln(l - m + 1) - gammaln(l + m + 1))) * lpmv(m, l, X) * (-1) ** m


Y, DT, DP, lam_index = [], [], [], []
for l in range(L + 1):
    for m in range(-l, l + 1):
        q = abs(m)
        p = plm(l, q)
        eps = np.sqrt((l * l - q * q) / (4 * l * l - 1.0)) if l else 0.0
        dp = (l * X * p - (2 * l + 1) * eps * plm(l - 1, q) if l else 0 * X) / S      # dP/dtheta
        az, daz = (np.sqrt(2) * np.cos(q * P), -q * np.sqrt(2) * np.sin(q * P)) if m > 0 else (np.sqrt(2) * np.sin(q * P), q * np.sqrt(2) * np.cos(q * P)) if m < 0 else (1, 0)
        Y.append(p * az); DT.append(dp * az); DP.append(p * daz / S * np.ones_like(X)); lam_index.append(l)
Y, DT, DP, deg = np.array(Y).T, np.array(DT).T, np.array(DP).T, np.array(lam_index)
assert abs((Y * W[:, None]).T @ Y - np.eye((L + 1) ** 2)).max() < 1e-12
for case, sa, beta, kappa, t in ((4, True, 5.0, 0.05, 1.0), (5, False, 3.0, 0.0, 0.5)):
    lam = np.sqrt(np.pi / (2 * beta)) * ive(deg + 0.5, beta)                          # times e^-beta

    def rhs4(t, a):
        rho, vt, vp = Y @ a, DT @ (lam * a), DP @ (lam * a)
        z = beta * (Y @ (lam * a)) if sa else beta * np.exp(-beta)
        # strong form through the Laplacian: div(rho grad psi) tested by harmonics equals -int rho grad psi . grad Y; here as dense sums
        f = W * rho / z
        return DT.T @ (f * vt) + DP.T @ (f * vp) - kappa * deg * (deg + 1) * a

    a = np.zeros((L + 1) ** 2)
    a[0] = 1
    for l, m, amp in ((1, 0, 0.1), (2, 1, -0.06), (3, -1, 0.05), (3, 3, 0.04)):
        a[l * l + l + m] = amp
    emit(case, solve_ivp(rhs4, (0, t), a, **OPT).y[:, -1][: 13**2])

# ---- case 6: zonal d = 8, USA, beta = 3, t = 1, strong form on t = cos(theta), Gegenbauer collocation
d, beta, L, n = 8, 3.0, 40, 70
lamb = (d - 2) / 2
x, wt = roots_gegenbauer(n, lamb)
wt /= wt.sum()
l = np.arange(L + 2)
N = np.array([1.0] + [(2 * j + d - 2) / j * np.exp(gammaln(j + d - 2) - gammaln(j) - gammaln(d - 1)) for j in range(1, L + 2)])
one = np.array([eval_gegenbauer(j, lamb, 1.0) for j in range(L + 2)])
PI = np.array([np.sqrt(N[j]) * eval_gegenbauer(j, lamb, x) / one[j] for j in range(L + 1)]).T
DPI = np.array([np.sqrt(N[j]) * (2 * lamb * eval_gegenbauer(j - 1, lamb + 1, x) / one[j] if j else 0 * x) for j in range(L + 1)]).T
assert abs((PI * wt[:, None]).T @ PI - np.eye(L + 1)).max() < 1e-11
lam = np.exp(gammaln(d / 2)) * (2 / beta) ** (d / 2 - 1) * iv(np.arange(L + 1) + d / 2 - 1, beta)


def rhs6(t, a):
    return DPI.T @ (wt * (PI @ a) * (1 - x * x) * (DPI @ (lam / beta * a)))


a = np.zeros(L + 1)
a[:4] = 1, 0.2, -0.1, 0.05
emit(6, solve_ivp(rhs6, (0, 1.0), a, **OPT).y[:, -1][:21])
