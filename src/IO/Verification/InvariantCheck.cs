using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>What the equation keeps whatever the solution, measured on a result.</summary>
internal static class InvariantCheck
{
    /// <summary>Sums of coefficients and of tokens to rounding.</summary>
    internal const double Rounding = 1e-11;

    /// <summary>Findings on mass, first moment, density, energy and tokens.</summary>
    internal static IEnumerable<Finding> Of(Case @case, ResultFile result)
    {
        yield return Finding.Of("mass", () => Mass(result));
        yield return Finding.Of("order parameter", () => OrderParameter(@case, result));
        yield return Finding.Of("variance", () => Variance(result));
        yield return Density(@case, result);
        yield return Energy(@case, result);
        if (result.HasTokens) yield return Finding.Of("tokens", () => Tokens(result));
    }

    private static string Mass(ResultFile result)
    {
        double first = Worst(result, step => result.Coefficients(step)[0] - 1), mass = result.Diagnostic("mass").Max(value => Math.Abs(value - 1));
        Finding.Require(Math.Max(first, mass) <= Rounding, $"|c(0) − 1| up to {first:G2} and |mass − 1| up to {mass:G2}, more than {Rounding:G2}");
        return FormattableString.Invariant($"|c(0) − 1| ≤ {first:G2}, |mass − 1| ≤ {mass:G2}");
    }

    // ∫x dμ = (coefficients of degree 1)/√d; beyond the sphere only its component along the axis, all there is of zonal densities.
    private static string OrderParameter(Case @case, ResultFile result)
    {
        HarmonicBasis basis = result.Basis;
        bool component = @case.Dimension > 3 && @case.Method.Scheme == Scheme.Particles;
        double[] stored = result.Diagnostic("order_parameter");
        double worst = Worst(result, step =>
        {
            double sum = 0;
            foreach (double value in result.Coefficients(step).AsSpan(basis.Start(1)..basis.Start(2))) sum += value * value;
            double difference = Math.Sqrt(sum / @case.Dimension) - stored[step];
            return component ? Math.Max(0, difference) : difference;
        });
        Finding.Require(worst <= Rounding, $"it is not |coefficients of degree 1|/√d: off by {worst:G2}");
        return FormattableString.Invariant($"{(component ? "at least" : "equals")} |coefficients of degree 1|/√d within {worst:G2}");
    }

    private static string Variance(ResultFile result)
    {
        (double[] variance, double[] order) = (result.Diagnostic("variance"), result.Diagnostic("order_parameter"));
        double worst = Worst(result, step => variance[step] - (1 - order[step] * order[step]));
        Finding.Require(worst <= Rounding && variance.Min() >= 0, $"it is not 1 − order_parameter²: off by {worst:G2}, smallest {variance.Min():G2}");
        return FormattableString.Invariant($"equals 1 − order_parameter² within {worst:G2}");
    }

    // The bound beyond which a run itself warns: rounding and truncation at the level of the tolerance, relative to the largest density.
    private static Finding Density(Case @case, ResultFile result)
    {
        (double[] least, double[] most, double[] error) = (result.Diagnostic("minimum_density"), result.Diagnostic("maximum_density"), result.Diagnostic("moment_error"));
        int[] known = [.. Enumerable.Range(0, least.Length).Where(step => double.IsFinite(least[step]) && double.IsFinite(most[step]))];
        if (known.Length == 0) return new Finding("density", null, "tokens have none");
        return Finding.Of("density", () =>
        {
            foreach (int step in known)
            {
                double truncation = @case.Method.Scheme == Scheme.Perturbation ? error[step] : 0;
                double below = (100 * @case.Method.Tolerance + truncation) * Math.Max(1, most[step]);
                bool stated = result.Outcome.Warnings.Any(warning => warning.Contains("negative", StringComparison.Ordinal));
                Finding.Require(least[step] >= -below || stated, $"down to {least[step]:G3} at t = {result.Time[step]}, below −{below:G2}, and no warning says so");
                Finding.Require(least[step] <= 1 + below && most[step] >= 1 - below, $"between {least[step]:G6} and {most[step]:G6} at t = {result.Time[step]}, which has no mean 1");
            }
            return FormattableString.Invariant($"{known.Min(step => least[step]):G4} to {known.Max(step => most[step]):G6}");
        });
    }

    // Energy (without noise), or free energy (with noise, unnormalized), never falls by more than the errors of the steps between two outputs.
    private static Finding Energy(Case @case, ResultFile result)
    {
        bool noise = @case.Attention.Noise > 0, particles = @case.Method.Scheme == Scheme.Particles;
        bool plain = @case.Attention is { Query: null, Key: null, Value: null, Mask: AttentionMask.None, LayerNorm: NormPlacement.Post };
        if (!plain || (noise && (particles || @case.Attention.Normalization == Normalization.Softmax)))
            return new Finding("energy", null, "may fall: no theorem covers this attention, normalization and noise");
        string name = noise ? "free_energy" : "energy";
        return Finding.Of("energy", () =>
        {
            (double[] energy, double[] error) = (result.Diagnostic(name), result.Diagnostic("moment_error"));
            double worst = 0;
            for (int k = 1; k < energy.Length; k++)
            {
                double moments = double.IsFinite(error[k]) ? error[k] + (double.IsFinite(error[k - 1]) ? error[k - 1] : 0) : 0;
                double slack = Math.Abs(energy[k - 1]) * (Math.Max(1e-12, 10 * @case.Method.Tolerance) + 10 * moments), fall = energy[k - 1] - energy[k];
                bool stated = result.Outcome.Warnings.Any(warning => warning.Contains("energy", StringComparison.Ordinal));
                Finding.Require(fall <= slack || stated, $"{name} falls by {fall:G2} between t = {result.Time[k - 1]} and t = {result.Time[k]}, more than {slack:G2}, and no warning says so");
                worst = Math.Max(worst, fall);
            }
            Finding.Require(Array.TrueForAll(energy, double.IsFinite), $"{name} is not finite everywhere");
            return FormattableString.Invariant($"{name} rises from {energy[0]:G6} to {energy[^1]:G6}{(worst > 0 ? $", falls of rounding up to {worst:G2}" : "")}");
        });
    }

    private static string Tokens(ResultFile result)
    {
        double sum = Math.Abs(result.TokenWeights().Sum() - 1);
        double length = Worst(result, step =>
        {
            double[,] positions = result.TokenPositions(step);
            double worst = 0;
            for (int i = 0; i < positions.GetLength(0); i++)
            {
                double square = 0;
                for (int k = 0; k < positions.GetLength(1); k++) square += positions[i, k] * positions[i, k];
                if (!double.IsNaN(square)) worst = Math.Max(worst, Math.Abs(Math.Sqrt(square) - 1));
            }
            return worst;
        });
        Finding.Require(sum <= Rounding && length <= Rounding, $"||x| − 1| up to {length:G2}, |Σ weights − 1| = {sum:G2}");
        return FormattableString.Invariant($"{result.TokenWeights().Length} of length 1 within {length:G2}, |Σ weights − 1| = {sum:G2}");
    }

    private static double Worst(ResultFile result, Func<int, double> deviation) =>
        Enumerable.Range(0, result.Time.Length).Max(step => Math.Abs(deviation(step)));
}
