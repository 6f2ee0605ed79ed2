using System.Numerics.Tensors;

namespace Meanfield.Training;

/// <summary>G(μ) = ∫ℓ dμ for a function ℓ = Σ_A ℓ_A Y_A of few degrees.</summary>
/// <param name="potential">Coefficients ℓ_A of all degrees up to some K.</param>
public sealed class LinearLoss(double[] potential) : TerminalLoss
{
    /// <summary>ℓ(x) = 1 − ⟨target, x⟩: tokens are wanted in a direction.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="target">[d] direction, or [1] its height for d ≥ 4.</param>
    /// <exception cref="ArgumentException">A target of another number of coordinates.</exception>
    public static LinearLoss Towards(int dimension, params IReadOnlyList<double> target)
    {
        var mean = new MeanVector(dimension);
        if (target.Count != mean.Count) throw new ArgumentException($"the target needs {mean.Count} coordinates", nameof(target));
        var potential = new double[new Spectral.HarmonicBasis(dimension, 1).Count];
        potential[0] = 1;
        for (int i = 0; i < mean.Count; i++) mean.Add(i, -target[i], potential);
        return new LinearLoss(potential);
    }

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> coefficients)
    {
        int count = Math.Min(potential.Length, coefficients.Length);
        return TensorPrimitives.Dot(coefficients[..count], potential.AsSpan(0, count));
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> coefficients, Span<double> gradient)
    {
        gradient.Clear();
        potential.AsSpan(0, Math.Min(potential.Length, gradient.Length)).CopyTo(gradient);
    }
}
