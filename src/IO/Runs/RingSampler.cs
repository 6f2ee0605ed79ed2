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
