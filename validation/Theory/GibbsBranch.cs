namespace Meanfield.Validation;

/// <summary>Stationary states f = e^{Φ[f]/κ}/norm of unnormalized attention with noise on the circle, even about an axis, by fixed points: no time, no grid of the solvers (THEORY 1.4, 6.6).</summary>
/// <remarks>
/// With A_k = ∫cos kθ f dσ: Φ = (2/β) Σ_k I_k(β) A_k cos kθ. The branch is followed in m = A_1, in which κ is one-valued although m is not in κ.
/// </remarks>
public sealed class GibbsBranch
{
    private const int Points = 96, Degrees = 28; // I_28(β)/I_0(β) is below rounding for β ≤ 6

    private readonly double[] _multipliers = new double[Degrees + 1];
    private readonly double _uniformEnergy;
    private readonly double[] _moments = new double[Degrees + 1];
    private readonly double[] _potential = new double[Points];
    private readonly double[] _density = new double[Points];
    private readonly double[] _cosines = [.. Enumerable.Range(0, Points).Select(i => Math.Cos(2 * Math.PI * i / Points))];

    /// <summary>Prepares a branch.</summary>
    /// <param name="beta">β in (0, 6].</param>
    public GibbsBranch(double beta)
    {
        for (int k = 0; k <= Degrees; k++) _multipliers[k] = FunkHecke.Lambda(2, k, beta) / beta;
        _uniformEnergy = 0.5 * _multipliers[0];
    }

    /// <summary>The state of order parameter m: its noise κ, and its free energy E − κ∫f log f above that of the uniform state.</summary>
    /// <param name="order">m in (0, 0.95).</param>
    public (double Noise, double FreeEnergy) At(double order)
    {
        double noise = double.NaN;
        for (int k = 0; k <= Degrees; k++) _moments[k] = Math.Pow(order, k * k);
        for (int iteration = 0; iteration < 400; iteration++)
        {
            for (int i = 0; i < Points; i++)
            {
                _potential[i] = 0;
                for (int k = 1; k <= Degrees; k++) _potential[i] += 2 * _multipliers[k] * _moments[k] * Cosine(k, i);
            }
            double before = noise;
            noise = NoiseFor(order);
            for (int k = 2; k <= Degrees; k++) _moments[k] = Moment(k);
            if (Math.Abs(noise - before) < 1e-12) break;
        }
        double energy = _uniformEnergy, entropy = 0;
        for (int k = 1; k <= Degrees; k++) energy += _multipliers[k] * _moments[k] * _moments[k];
        foreach (double f in _density) entropy -= f * Math.Log(f) / Points;
        return (noise, energy + noise * entropy - _uniformEnergy);
    }

    // Newton's rule for s = 1/κ in ∫cos θ e^{sΦ}/norm = m, whose derivative is the covariance of cos θ and Φ.
    private double NoiseFor(double order)
    {
        double inverse = 1 / _multipliers[1];
        for (int step = 0; step < 50; step++)
        {
            Fill(1 / inverse);
            double first = Moment(1), mean = 0, product = 0;
            for (int i = 0; i < Points; i++)
            {
                mean += _density[i] * _potential[i] / Points;
                product += _density[i] * _potential[i] * Cosine(1, i) / Points;
            }
            double change = Math.Clamp((order - first) / (product - first * mean), -0.5 * inverse, inverse);
            inverse += change;
            if (Math.Abs(change) < 1e-14 * inverse) break;
        }
        return 1 / inverse;
    }

    private void Fill(double noise)
    {
        double top = _potential.Max(), sum = 0;
        for (int i = 0; i < Points; i++) sum += _density[i] = Math.Exp((_potential[i] - top) / noise);
        for (int i = 0; i < Points; i++) _density[i] *= Points / sum;
    }

    private double Moment(int degree)
    {
        double sum = 0;
        for (int i = 0; i < Points; i++) sum += _density[i] * Cosine(degree, i);
        return sum / Points;
    }

    private double Cosine(int degree, int point) => _cosines[degree * point % Points];
}
