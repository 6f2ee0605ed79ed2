namespace Meanfield.Solver;

/// <summary>A box of labels: an interval on one axis, or a rectangle on two.</summary>
/// <param name="LowU">Lower end on the first axis.</param>
/// <param name="HighU">Upper end on the first axis.</param>
/// <param name="LowV">Lower end on the second axis; 0 where there is none.</param>
/// <param name="HighV">Upper end on the second axis; 1 where there is none, so that areas are lengths.</param>
public readonly record struct LabelBox(double LowU, double HighU, double LowV = 0, double HighV = 1)
{
    /// <summary>Length on an axis, 0 or 1.</summary>
    public double Length(int axis) => axis == 0 ? HighU - LowU : HighV - LowV;

    /// <summary>Area of the box.</summary>
    public double Area => (HighU - LowU) * (HighV - LowV);

    /// <summary>The point of an axis at x ∈ [−1, 1].</summary>
    public double At(int axis, double x) =>
        axis == 0 ? LowU + 0.5 * (1 + x) * (HighU - LowU) : LowV + 0.5 * (1 + x) * (HighV - LowV);

    /// <summary>The lower (0) or upper (1) half along an axis.</summary>
    public LabelBox Half(int axis, int half)
    {
        double middle = At(axis, 0);
        return (axis, half) switch
        {
            (0, 0) => this with { HighU = middle },
            (0, _) => this with { LowU = middle },
            (_, 0) => this with { HighV = middle },
            _ => this with { LowV = middle },
        };
    }
}
