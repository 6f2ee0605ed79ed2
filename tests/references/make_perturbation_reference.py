"""References for expansions about the uniform state, in 40 digits (mpmath) and exact rational arithmetic (sympy).

manifold.csv  C_{mq}^(n) of the unstable manifold on the circle, c_k = int exp(-ik theta) dmu, C_{+-q}^(1) = 1, from the mode equations
              dc_k/dt = k sum_j j phi_j c_(k-j) - kappa k^2 c_k, phi = w c (USA) or the Fourier coefficients of log(Z/lambda_0)/beta (SA) by n L_n = n x_n - sum m L_m x_(n-m)
gaunt.csv     integrals of three real harmonics by the unitary change to complex ones and sympy's 3j symbols
wigner.csv    sympy's 3j symbols for large degrees
switch.csv    roots of l_k I_(k+nu) = l_(k+1) I_(k+1+nu); fastest.csv  maxima over real k of l_k I_(k+nu)/(beta I_nu)
merge.csv     times from rho_0 to rho_1 by mpmath's quadrature
Run:  /usr/bin/python3 make_perturbation_reference.py   (writes the files beside itself)
"""
import os
import random
from mpmath import mp, mpf, besseli, diff, exp, findroot, log, quad, sqrt, linspace
from sympy import I, N, sqrt as root
from sympy.physics.wigner import wigner_3j

mp.dps = 40
here = os.path.dirname(os.path.abspath(__file__))


def table(name, header, rows):
    with open(os.path.join(here, name), "w") as file:
        file.write(header + "\n")
        for row in rows:
            file.write(",".join(v if isinstance(v, str) else str(v) if isinstance(v, int) else mp.nstr(v, 20) for v in row) + "\n")


def convolve(a, b):
    out = {}
    for i, x in a.items():
        for j, y in b.items():
            out[i + j] = out.get(i + j, mpf(0)) + x * y
    return out


def manifold(softmax, beta, kappa, q, orders):
    beta, kappa = mpf(beta), mpf(kappa)

    def m(k):
        k = abs(k)
        if beta == 0:
            return mpf(1) / 2 if k == 1 else mpf(0)
        return besseli(k, beta) / beta / (besseli(0, beta) if softmax else 1)

    mult = [m(j * q) for j in range(orders + 1)]
    rate = lambda j: (j * q) ** 2 * (mult[abs(j)] - kappa)
    c, x, big = {}, {}, {}
    for n in range(1, orders + 1):
        if n == 1:
            c[1] = {1: mpf(1), -1: mpf(1)}
        # the part of L_n = log(1 + x)_n that comes from lower orders; phi_n = mult c_n + lower/beta
        lower = {}
        if softmax and beta != 0:
            for s in range(1, n):
                for j, v in convolve(big[s], x[n - s]).items():
                    lower[j] = lower.get(j, mpf(0)) - s * v / n
        if n > 1:
            force = {}
            for s in range(1, n):
                phi = {j: j * q * (mult[abs(j)] * c[s].get(j, mpf(0)) + (lows[s].get(j, mpf(0)) / beta if softmax and beta != 0 else 0)) for j in set(c[s]) | set(lows[s])}
                for j, v in convolve(phi, c[n - s]).items():
                    force[j] = force.get(j, mpf(0)) + v
            if softmax and beta != 0:            # phi_n convolved with c_0 = 1: its own lower part drives too
                for j, v in lower.items():
                    force[j] = force.get(j, mpf(0)) + j * q * v / beta
            c[n] = {j: j * q * v / (n * rate(1) - rate(j)) for j, v in force.items() if j != 0 and v != 0}
        else:
            lows = {}
        lows[n] = lower
        x[n] = {j: beta * mult[abs(j)] * v for j, v in c[n].items()}
        big[n] = {j: x[n].get(j, mpf(0)) + lower.get(j, mpf(0)) for j in set(x[n]) | set(lower)}
    return c


rows = []
for case, (softmax, beta, kappa, q) in enumerate(((False, "5", "0", 3), (True, "5", "0", 3), (True, "5", "0.02", 3), (False, "2", "0.1", 2), (False, "0", "0", 1), (True, "-1", "0", 1)), 1):
    c = manifold(softmax, beta, kappa, q, 15)
    for n in range(1, 16):
        for j in range(1, n + 1):
            if abs(c[n].get(j, 0)) > 1e-30:
                rows.append((case, n, j, c[n][j]))
table("manifold.csv", "case,order,multiple,value", rows)


def unitary(m):
    if m == 0:
        return {0: 1}
    if m > 0:
        return {m: (-1) ** m / root(2), -m: 1 / root(2)}
    return {-m: (-1) ** -m / (I * root(2)), m: -1 / (I * root(2))}


def gaunt(a, b, c):
    total = 0
    for m1, u1 in unitary(a[1]).items():
        for m2, u2 in unitary(b[1]).items():
            for m3, u3 in unitary(c[1]).items():
                if m1 + m2 + m3 == 0:
                    total += u1 * u2 * u3 * wigner_3j(a[0], b[0], c[0], m1, m2, m3)
    total *= root((2 * a[0] + 1) * (2 * b[0] + 1) * (2 * c[0] + 1)) * wigner_3j(a[0], b[0], c[0], 0, 0, 0)
    return str(N(total, 20, chop=True)) if total != 0 else "0"


random.seed(7)
rows, top = [], (3, 6, 12, 25)
while len(rows) < 160:
    L = top[len(rows) % 4]
    l = [random.randint(0, L) for _ in range(3)]
    m = [random.randint(-k, k) for k in l]
    if random.random() < 0.85:                   # mostly triples that do not vanish by their orders
        m[2] = random.choice((-1, 1)) * random.choice((abs(m[0]) + abs(m[1]), abs(abs(m[0]) - abs(m[1]))))
        if abs(m[2]) > l[2] or sum(l) % 2 or (sum(k < 0 for k in m) % 2) or not abs(l[0] - l[1]) <= l[2] <= l[0] + l[1]:
            continue
    rows.append((l[0], m[0], l[1], m[1], l[2], m[2], gaunt(*zip(l, m)).replace("*I", "")))
table("gaunt.csv", "l1,m1,l2,m2,l3,m3,value", rows)

rows = []
for l2, l3, m2, m3 in ((40, 40, 0, 0), (60, 35, 20, -30), (63, 63, 63, -63), (50, 20, -7, -11), (80, 80, 1, -1), (64, 10, 30, 10)):
    first = max(abs(l2 - l3), abs(m2 + m3))
    for l1 in range(first, l2 + l3 + 1, 5):
        rows.append((l2, l3, m2, m3, l1, str(N(wigner_3j(l1, l2, l3, -m2 - m3, m2, m3), 20))))
table("wigner.csv", "l2,l3,m2,m3,l1,value", rows)

rows = []
for d in (2, 3, 4, 8, 64, 1024):
    nu = mpf(d - 2) / 2
    for k in (1, 2, 3, 4, 5, 8, 20):
        f = lambda b: k * (k + d - 2) * besseli(k + nu, b) / besseli(nu, b) - (k + 1) * (k + d - 1) * besseli(k + 1 + nu, b) / besseli(nu, b)
        guess = mpf(k) * (k + d - 1) / 2 + mpf(d - 1) / 4
        rows.append((d, k, findroot(f, (guess * mpf("0.95"), guess * mpf("1.02")), solver="anderson", tol=1e-30)))
table("switch.csv", "dimension,degree,beta", rows)

rows = []
for d in (2, 3, 5, 64):
    nu = mpf(d - 2) / 2
    for beta in (1, 5, 50, 100, 400, 1600, 6400):
        value = lambda k: log(k * (k + 2 * nu)) + log(besseli(k + nu, beta))
        k = findroot(lambda t: diff(value, t), sqrt(2 * beta + nu**2) - nu, tol=1e-20)
        rows.append((d, beta, k, exp(value(k)) / besseli(nu, beta) / beta))
table("fastest.csv", "dimension,beta,degree,rate", rows)

rows = []
for softmax in (1, 0):
    for beta, mass, start, end in (("0", "0.5", "0", "0.9"), ("5", "0.5", "-0.2", "0.9"), ("20", "0.3", "-0.2", "0.9"), ("40", "0.5", "0.5", "0.999"), ("-0.8", "0.7", "-0.9", "0.5")):
        b, a1, r0, r1 = mpf(beta), mpf(mass), mpf(start), mpf(end)
        a2 = 1 - a1
        slope = lambda r: (1 - r * r) * ((a2 * exp(b * r) / (a1 * exp(b) + a2 * exp(b * r)) + a1 * exp(b * r) / (a2 * exp(b) + a1 * exp(b * r))) if softmax else exp(b * r))
        rows.append((softmax, b, a1, r0, r1, quad(lambda r: 1 / slope(r), linspace(r0, r1, 24))))
table("merge.csv", "softmax,beta,mass,from,to,time", rows)
