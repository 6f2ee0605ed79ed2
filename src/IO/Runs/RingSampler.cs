using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Samples fields of the circle on a ring.</summary>
public sealed class RingSampler : FieldSampler
{
    private readonly int _points;

    /// <summary>Creates the sampler of a ring of equally spaced points.</summary>
    public RingSampler(Attention attention, int points, IFourierEngine engine)
        : base(attention, new CircleMesh(points), engine) => _points = points;

    /// <inheritdoc/>
    internal override IReadOnlyList<FieldAxis> Axes =>
        [new("theta", "angle: x = (cos theta, sin theta)", "radian", [.. Enumerable.Range(0, _points).Select(j => 2 * Math.PI * j / _points)], [])];

    /// <inheritdoc/>
    internal override double[] Weights => [.. Enumerable.Repeat(1.0 / _points, _points)];

    /// <inheritdoc/>
    internal override IReadOnlyList<(string Name, string LongName)> FieldNames =>
        [("density", "density with respect to the normalized uniform measure (uniform = 1)"), ("velocity", "velocity towards growing theta")];

    /// <inheritdoc/>
    private protected override void FillGrid(DensityFlow flow, double[][] fields)
    {
        int stride = flow.Density.Length / _points;
        for (int j = 0; j < _points; j++) (fields[0][j], fields[1][j]) = (flow.Density[j * stride], flow.Velocity[j * stride]);
    }

    /// <inheritdoc/>
    private protected override HarmonicTransform Grid(int bandlimit) =>
        new CircleTransform(bandlimit, new CircleGrid(_points * Refinement(_points, bandlimit)), Engine);

    /// <inheritdoc/>
    private protected override void Fill(DensityFlow flow, double[] coefficients, float[] density, float[] velocity)
    {
        int stride = flow.Density.Length / _points;
        for (int j = 0; j < _points; j++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * j / _points);
            double speed = flow.Velocity[j * stride];
            density[j] = (float)flow.Density[j * stride];
            velocity[3 * j] = (float)(-speed * sine); // v e_θ
            velocity[3 * j + 1] = (float)(speed * cosine);
        }
    }
}
