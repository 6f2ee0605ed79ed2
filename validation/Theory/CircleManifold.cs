namespace Meanfield.Validation;

/// <summary>C_k^(n) of the unstable manifold of mode q on the circle without normalization, by the recursion of THEORY 3.3 in complex Fourier coefficients.</summary>
/// <remarks>(nγ_q − γ_k) C_k^(n) = k Σ_{j≠0,k} j w_j Σ_m C_j^(m) C_{k−j}^(n−m), w_j = I_j(β)/β (½ for |j| = 1 at β = 0), C_{±q}^(1) = 1, all real.</remarks>
internal sealed class CircleManifold
{
    private readonly double[,] _terms; // [n, k/q], k ≥ 0; C_{−k} = C_k

    /// <summary>Orders 1 … n.</summary>
    /// <param name="beta">β.</param>
    /// <param name="degree">q.</param>
    /// <param name="orders">n.</param>
    public CircleManifold(double beta, int degree, int orders)
    {
        double[] pull = [.. Enumerable.Range(0, orders + 1).Select(m => m * degree * Weight(m * degree))]; // j w_j
        double rate = degree * pull[1];
        _terms = new double[orders + 1, orders + 1];
        _terms[1, 1] = 1;
        for (int n = 2; n <= orders; n++)
        {
            for (int k = n % 2 == 0 ? 2 : 1; k <= n; k += 2)
            {
                double sum = 0;
                for (int a = 1; a < n; a++)
                    for (int j = -a; j <= a; j++)
                        if (j != 0 && j != k && Math.Abs(k - j) <= n - a) sum += Math.Sign(j) * pull[Math.Abs(j)] * _terms[a, Math.Abs(j)] * _terms[n - a, Math.Abs(k - j)];
                _terms[n, k] = k * degree * sum / (n * rate - k * degree * pull[k]);
            }
        }

        double Weight(int j) => beta == 0 ? (j == 1 ? 0.5 : 0) : FunkHecke.Lambda(2, j, beta) / beta;
    }

    /// <summary>C_{mq}^(n).</summary>
    public double this[int order, int multiple] => _terms[order, multiple];

    /// <summary>Σ C_q^(n) z^n over n beyond an order.</summary>
    public double Beyond(int order, double z)
    {
        double sum = 0;
        for (int n = _terms.GetLength(0) - 1; n > order; n--) sum += _terms[n, 1] * Math.Pow(z, n);
        return sum;
    }
}
