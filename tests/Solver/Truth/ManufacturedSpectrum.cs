using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Tests.Solver;

/// <summary>A state whose spectrum is known beyond any bandlimit.</summary>
/// <param name="Family">What kind of spectrum.</param>
/// <param name="Dimension">d, 2 or 3.</param>
/// <param name="Bandlimit">L of the state that is judged.</param>
/// <param name="Tolerance">At which it is judged.</param>
/// <param name="Size">s_ℓ for every ℓ ≥ 1.</param>
internal sealed record ManufacturedSpectrum(string Family, int Dimension, int Bandlimit, double Tolerance, Func<int, double> Size)
{
    private const int Far = 20000;
    private const double RoundingLevel = 1e-12; // below it noise is rounding: more degrees would not better the state

    /// <summary>(Σ_{ℓ>L} s_ℓ²)^½/max s_ℓ, without what is rounding.</summary>
    public double Tail
    {
        get
        {
            double sum = 0, largest = Enumerable.Range(1, Far).Max(Size);
            for (int degree = Far; degree > Bandlimit; degree--) sum += Math.Pow(Size(degree) / largest, 2);
            return Math.Sqrt(sum);
        }
    }

    /// <summary>Two hundred of them: eight families of twenty-five, drawn with a seed.</summary>
    public static IEnumerable<ManufacturedSpectrum> TwoHundred()
    {
        var random = new Random(200);
        int[] bandlimits = [15, 31, 47, 63, 127, 255];
        double[] tolerances = [1e-4, 1e-6, 1e-8, 1e-10, 1e-12];
        string[] families = ["exponential", "algebraic", "plateau", "parity", "lacunary", "gap", "bump", "root"];
        foreach (string family in families)
        {
            for (int k = 0; k < 25; k++)
            {
                int bandlimit = bandlimits[random.Next(bandlimits.Length)];
                double tolerance = tolerances[random.Next(tolerances.Length)];
                // The decay e^{−rate·ℓ} meets the tolerance between half and twice the bandlimit: the verdict is a close one.
                double crossing = bandlimit * Math.Pow(2, 2 * random.NextDouble() - 1), rate = -Math.Log(tolerance) / crossing;
                int period = random.Next(3, bandlimit), from = (int)(bandlimit * (0.2 + 0.4 * random.NextDouble())), to = (int)(from + bandlimit * 0.2);
                double power = 2 + 8 * random.NextDouble(), noise = Math.Pow(10, -8 - 8 * random.NextDouble()), share = random.NextDouble(), place = random.NextDouble();
                double centre = bandlimit * (0.6 + 0.5 * place), height = Math.Pow(tolerance, 2 * share);
                Func<int, double> size = family switch
                {
                    "exponential" => degree => Math.Exp(-rate * degree),
                    "algebraic" => degree => Math.Pow(degree, -power),
                    "plateau" => degree => Math.Exp(-2 * rate * degree) + (noise < RoundingLevel && degree > bandlimit || degree > 2 * bandlimit ? 0 : noise),
                    "parity" => degree => (degree % 2 == k % 2 ? 1 : k % 5 * 1e-3) * Math.Exp(-rate * degree),
                    "lacunary" => degree => degree % period == 0 ? Math.Exp(-rate * degree) : 0,
                    "gap" => degree => degree >= from && degree < to ? 0 : Math.Exp(-rate * degree),
                    "bump" => degree => Math.Exp(-4 * rate * degree) + height * Math.Exp(-Math.Pow((degree - centre) / (0.15 * bandlimit), 2)),
                    _ => degree => Math.Exp(Math.Log(tolerance) * Math.Sqrt(degree / crossing)),
                };
                yield return new ManufacturedSpectrum(family, 2 + k % 2, bandlimit, tolerance, size);
            }
        }
    }

    /// <summary>Whether a state with this spectrum, of random direction in every degree, is taken for resolved.</summary>
    public bool IsResolved(ulong seed)
    {
        var spectrum = new DegreeSpectrum(new HarmonicBasis(Dimension, Bandlimit));
        var random = new RandomNumbers(seed);
        var state = new double[spectrum.Basis.Count];
        state[0] = 1;
        for (int degree = 1; degree <= Bandlimit; degree++)
        {
            Span<double> block = state.AsSpan(spectrum.Basis.Start(degree)..spectrum.Basis.Start(degree + 1));
            double sum = 0;
            for (int i = 0; i < block.Length; i++) sum += Math.Pow(block[i] = random.NextNormals().First, 2);
            for (int i = 0; i < block.Length; i++) block[i] *= Size(degree) / Math.Sqrt(sum);
        }
        spectrum.Measure(state);
        return spectrum.IsResolved(Tolerance);
    }
}
