namespace Meanfield.Solver;

/// <summary>Tokens of a mixture of von Mises–Fisher laws in any dimension.</summary>
/// <remarks>
/// d = 3: t = x·m by inversion, 1 − t = −log(u + (1−u)e^{−2c})/c. Otherwise Wood's rejection (Comm. Statist. Simul. 23, 1994, after
/// Ulrich 1984): t = (1−(1+b)Z)/(1−(1−b)Z), Z of the Beta law ((d−1)/2, (d−1)/2), accepted with the ratio of the densities. Then a
/// direction uniform about m.
/// </remarks>
public sealed class VonMisesFisherTokens : ITokenSource
{
    private readonly Component[] _components;
    private readonly double[] _shares; // cumulative weights, the last 1

    /// <summary>Prepares a mixture.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="components">Mean (a unit vector), concentration c ≥ 0 and weight &gt; 0 of each; weights are relative to their sum.</param>
    /// <exception cref="ArgumentException">No component, a mean of other length, a concentration or weight out of range.</exception>
    public VonMisesFisherTokens(int dimension, IReadOnlyList<(double[] Mean, double Concentration, double Weight)> components)
    {
        if (components.Count == 0) throw new ArgumentException("a mixture needs a component", nameof(components));
        Dimension = dimension;
        _components = new Component[components.Count];
        _shares = new double[components.Count];
        double total = 0;
        for (int i = 0; i < components.Count; i++)
        {
            (double[] mean, double concentration, double weight) = components[i];
            if (mean.Length != dimension || !(Math.Abs(mean.Sum(m => m * m) - 1) < 1e-9))
                throw new ArgumentException($"the mean of component {i} is not a unit vector of {dimension} coordinates", nameof(components));
            if (!(concentration >= 0) || !(weight > 0) || !double.IsFinite(concentration) || !double.IsFinite(weight))
                throw new ArgumentException($"component {i} needs a concentration ≥ 0 and a weight > 0", nameof(components));
            _components[i] = new Component(mean, concentration);
            _shares[i] = total += weight;
        }
        for (int i = 0; i < _shares.Length; i++) _shares[i] /= total;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void Draw(RandomNumbers random, Span<double> token)
    {
        int chosen = 0;
        if (_shares.Length > 1)
        {
            double share = random.NextUniform();
            while (chosen < _shares.Length - 1 && share > _shares[chosen]) chosen++;
        }
        AxialDraw.About(random, _components[chosen].Mean, _components[chosen].Gap(random), token);
    }

    /// <summary>One law of the mixture and the constants of Wood's envelope.</summary>
    private sealed class Component(double[] mean, double concentration)
    {
        private const double NearlyUniform = 1e-6; // d = 3: below, t = s + c(1−s²)/2 with s uniform, right to c²

        // b = (−2c + √(4c²+(d−1)²))/(d−1), x₀ = (1−b)/(1+b)
        private readonly double _shape = (mean.Length - 1) / (2 * concentration + double.Hypot(2 * concentration, mean.Length - 1));

        public double[] Mean => mean;

        /// <summary>Draws 1 − t.</summary>
        public double Gap(RandomNumbers random)
        {
            if (mean.Length == 3) return Invert(random.NextUniform());
            int freedom = mean.Length - 1;
            double best = (1 - _shape) / (1 + _shape), bestGap = 2 * _shape / (1 + _shape); // x₀ and 1 − x₀
            while (true)
            {
                double z = AxialDraw.Beta(random, freedom);
                double gap = 2 * _shape * z / (1 - (1 - _shape) * z);
                double ratio = (bestGap + best * gap) / (bestGap * (1 + best)); // (1 − x₀t)/(1 − x₀²)
                if (concentration * (bestGap - gap) + freedom * Math.Log(ratio) >= Math.Log(random.NextUniform())) return gap;
            }
        }

        private double Invert(double u)
        {
            if (concentration < NearlyUniform) return 2 * (1 - u) * (1 - concentration * u);
            return Math.Min(2, -Math.Log(u + (1 - u) * Math.Exp(-2 * concentration)) / concentration);
        }
    }
}
