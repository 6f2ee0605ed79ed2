using System.Diagnostics;
using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Tests.Perturbation;

/// <summary>Elements of eigenspaces, and the PDE's side of a comparison.</summary>
internal static class Expansions
{
    /// <summary>amplitude · Y of one degree and order.</summary>
    public static double[] Harmonic(HarmonicBasis basis, int degree, int order, double amplitude)
    {
        var element = new double[basis.Count];
        element[basis.IndexOf(degree, order)] = amplitude;
        return element;
    }

    /// <summary>A random element of norm 1 of the harmonics of one degree.</summary>
    public static double[] Element(HarmonicBasis basis, int degree, ulong seed)
    {
        var random = new RandomNumbers(seed);
        var element = new double[basis.Count];
        for (int i = basis.Start(degree); i < basis.Start(degree + 1); i++) element[i] = random.NextNormals().First;
        double norm = Norm(element);
        return Array.ConvertAll(element, value => value / norm);
    }

    /// <summary>C_k of THEORY, c_k = (a(k,+1) − i a(k,−1))/√2, for even data.</summary>
    public static double Fourier(ReadOnlySpan<double> coefficients, int k) => coefficients[2 * k - 1] / Math.Sqrt(2);

    public static double Norm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value * value;
        return Math.Sqrt(sum);
    }

    /// <summary>Seconds of the quickest of five runs: other programs and the compiler may be busy during some.</summary>
    public static double Quickest(Action work) => Enumerable.Range(0, 5).Min(_ =>
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    });

    /// <summary>L²(σ) distance of two expansions of possibly different bandlimits.</summary>
    public static double Distance(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            double difference = (i < a.Length ? a[i] : 0) - (i < b.Length ? b[i] : 0);
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }

    /// <summary>‖ȧ(series) − RHS of the PDE at the series‖ / γ_q: how well the truncated manifold is invariant at z.</summary>
    public static double Residual(ManifoldSeries series, DensityFlow flow, double z)
    {
        double time = Math.Log(z / series.InitialAmplitude) / series.Rate;
        var state = new double[flow.Basis.Count];
        var tendency = new double[flow.Basis.Count];
        var term = new double[flow.Basis.Count];
        series.Evaluate(time, state);
        flow.Tendency(state, tendency);
        for (int n = 1; n <= series.Order; n++)
        {
            series.EvaluateOrder(n, time, term);
            for (int i = 0; i < term.Length; i++) tendency[i] -= n * series.Rate * term[i];
        }
        return Norm(tendency) / series.Rate;
    }
}
