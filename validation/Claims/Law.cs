namespace Meanfield.Validation;

/// <summary>A claim with its prediction and its measurement, which know nothing of each other.</summary>
/// <remarks>
/// A <see cref="Prediction"/> can be written but not read: what it says comes out only when it is held against a finished
/// <see cref="Measurement"/>, and <see cref="Judge"/> asks for it after the measurement was made.
/// </remarks>
public abstract class Law
{
    /// <summary>What the law says.</summary>
    public abstract Claim Claim { get; }

    /// <summary>The figures and curves that the law expects, from its formula and not from the program's solvers.</summary>
    /// <param name="trial">The trial of the measurement: its level, and the same random numbers where these choose the data.</param>
    public abstract Prediction Predict(Trial trial);

    /// <summary>The same figures and curves, measured.</summary>
    /// <param name="trial">Level, random numbers, cancellation.</param>
    public abstract Measurement Measure(Trial trial);
}
