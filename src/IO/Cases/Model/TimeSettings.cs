namespace Meanfield.IO;

/// <summary>The time block of a case.</summary>
/// <param name="Until">End time, greater than 0, in units of <see cref="Unit"/>.</param>
public sealed record TimeSettings(double Until)
{
    /// <summary>What <see cref="Until"/> and <see cref="Every"/> are counted in.</summary>
    public TimeUnit Unit { get; init; } = TimeUnit.Natural;

    /// <summary>Time between records, greater than 0 and at most <see cref="Until"/>; a fiftieth of it by default.</summary>
    public double Every { get; init; } = Math.Max(Until / 50, double.Epsilon);
}

/// <summary>Units of time.</summary>
public enum TimeUnit
{
    /// <summary>The model's own time.</summary>
    Natural,

    /// <summary>Multiples of 1/γ_max, the reciprocal of the largest growth rate about uniform.</summary>
    Growth,
}
