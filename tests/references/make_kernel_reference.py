"""High-precision references for the attention kernel: lambda_l(beta, d) = Gamma(d/2) (2/beta)^(d/2-1) I_(l+d/2-1)(beta).

Evaluated with mpmath at 60 digits from the Bessel function itself (not from the recurrence that the library uses).
Columns: dimension, beta, degree, log_lambda_0, lambda_l/lambda_0.   Run:  /usr/bin/python3 make_kernel_reference.py > kernel.csv
"""
from mpmath import mp, mpf, besseli, gamma, log

mp.dps = 60
print("dimension,beta,degree,log_lambda0,relative")
for d in (2, 3, 4, 8, 64, 1024):
    nu = mpf(d) / 2 - 1
    for beta in ("0.001", "0.1", "1", "5", "9", "50", "700", "10000"):
        b = mpf(beta)
        i0 = besseli(nu, b)
        log_lambda0 = log(gamma(nu + 1)) + nu * log(2 / b) + log(i0)
        for l in (0, 1, 2, 3, 5, 8, 13, 21, 40, 80, 160):
            r = besseli(l + nu, b) / i0
            if r < mpf("1e-290"):
                break
            print(f"{d},{beta},{l},{mp.nstr(log_lambda0, 25)},{mp.nstr(r, 25)}")
