namespace Meanfield.Training;

/// <summary>The cross entropy of a classifier that reads the mean: G(μ) = −log p_y, p = softmax_c(s⟨w_c, m⟩), m = ∫x dμ. Two classes w, −w: the logistic loss.</summary>
public sealed class CrossEntropyLoss : TerminalLoss
{
    private readonly MeanVector _mean;
    private readonly IReadOnlyList<IReadOnlyList<double>> _classes;
    private readonly int _label;
    private readonly double _sharpness;

    /// <summary>Fixes the read-out.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="classes">[C][d] w_c (d ≥ 4: [C][1]); at least two.</param>
    /// <param name="label">The right class y, 0 … C − 1.</param>
    /// <param name="sharpness">s &gt; 0.</param>
    /// <exception cref="ArgumentException">Fewer than two classes, vectors of another length, no such label, or s ≤ 0.</exception>
    public CrossEntropyLoss(int dimension, IReadOnlyList<IReadOnlyList<double>> classes, int label, double sharpness)
    {
        _mean = new MeanVector(dimension);
        if (classes.Count < 2 || classes.Any(w => w.Count != _mean.Count)) throw new ArgumentException($"at least two classes of {_mean.Count} numbers are needed", nameof(classes));
        if (label < 0 || label >= classes.Count) throw new ArgumentException($"there is no class {label} among {classes.Count}", nameof(label));
        if (!(sharpness > 0)) throw new ArgumentException("the sharpness must be greater than 0", nameof(sharpness));
        (_classes, _label, _sharpness) = (classes, label, sharpness);
    }

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> coefficients)
    {
        double top = double.NegativeInfinity, sum = 0;
        for (int c = 0; c < _classes.Count; c++) top = Math.Max(top, Logit(coefficients, c));
        for (int c = 0; c < _classes.Count; c++) sum += Math.Exp(Logit(coefficients, c) - top);
        return top + Math.Log(sum) - Logit(coefficients, _label);
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> coefficients, Span<double> gradient)
    {
        gradient.Clear();
        double logSum = Value(coefficients) + Logit(coefficients, _label);
        for (int c = 0; c < _classes.Count; c++)
        {
            double slope = _sharpness * (Math.Exp(Logit(coefficients, c) - logSum) - (c == _label ? 1 : 0));
            for (int i = 0; i < _mean.Count; i++) _mean.Add(i, slope * _classes[c][i], gradient);
        }
    }

    private double Logit(ReadOnlySpan<double> coefficients, int c) => _sharpness * _mean.Dot(coefficients, _classes[c]);
}
