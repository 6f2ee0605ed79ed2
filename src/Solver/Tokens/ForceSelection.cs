using System.Globalization;

namespace Meanfield.Solver;

/// <summary>Which forces a case asks for.</summary>
public enum ForceChoice
{
    /// <summary>The cheaper of the two that keeps the tolerance.</summary>
    Auto,

    /// <summary>All pairs.</summary>
    Direct,

    /// <summary>Few harmonics of the empirical measure, d ≤ 3.</summary>
    Harmonic,
}

/// <summary>A force and why it was taken.</summary>
/// <param name="Force">The force.</param>
/// <param name="Reason">One sentence.</param>
public sealed record ForceSelection(TokenForce Force, string Reason)
{
    /// <summary>Picks by a fixed rule, never by a timing, so a case keeps its bits.</summary>
    /// <remarks>
    /// β = 0: the force of the mean, exact and of cost N, whatever is asked for. Auto: harmonics when d ≤ 3 without matrices, mask or a layer
    /// normalization that needs the attention output, when their error bound (<see cref="HarmonicForce.ErrorBound"/>) keeps the tolerance, and from
    /// N = 16 (L_Φ + 1) tokens on the circle, 2 (L_Φ + 1)² on the sphere; else direct sums.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="count">N.</param>
    /// <param name="choice">What the case asks for.</param>
    /// <param name="norm">Layer normalization.</param>
    /// <param name="tolerance">Relative error per step.</param>
    /// <exception cref="ArgumentException">Harmonic forces are asked for where there are none, or the model does not fit the tokens.</exception>
    public static ForceSelection Create(TokenModel model, int count, ForceChoice choice, NormSettings norm, double tolerance)
    {
        if (model.Attention.Beta == 0) return new ForceSelection(new MeanForce(model, count), "at β = 0 every token feels the mean only");
        if (choice == ForceChoice.Direct) return new ForceSelection(new DirectForce(model, count), "direct sums as asked for");
        if (choice == ForceChoice.Harmonic)
        {
            if (norm.NeedsOutput) throw new ArgumentException($"harmonic forces do not serve normalization {norm.Placement}: take direct sums", nameof(choice));
            return new ForceSelection(new HarmonicForce(model, count), "harmonics as asked for");
        }
        string? obstacle = Obstacle(model, count, norm, tolerance);
        return obstacle is null
            ? new ForceSelection(new HarmonicForce(model, count), $"harmonics: cheaper than {(double)count * count:0.0e0} pairs")
            : new ForceSelection(new DirectForce(model, count), "direct sums: " + obstacle);
    }

    /// <summary>Why <see cref="ForceChoice.Auto"/> takes direct sums; null if it takes harmonics.</summary>
    private static string? Obstacle(TokenModel model, int count, NormSettings norm, double tolerance)
    {
        if (model.Dimension > 3) return $"dimension {model.Dimension} has too many harmonics";
        if (!model.IsPlain) return "query, key or value matrices are given";
        if (model.Causal) return "the mask is causal";
        if (norm.NeedsOutput) return $"normalization {norm.Placement} needs the attention output";
        double error = HarmonicForce.ErrorBound(model, count);
        if (error > tolerance) return string.Create(CultureInfo.InvariantCulture, $"harmonics may err by {error:0e-00} at this β");
        int degrees = HarmonicForce.BandlimitFor(model) + 1;
        int fewest = model.Dimension == 2 ? 16 * degrees : 2 * degrees * degrees;
        return count < fewest ? $"harmonics pay from {fewest} tokens on" : null;
    }
}
