using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Samples fields of the sphere on a Gauss latitude × longitude mesh with both poles.</summary>
public sealed class SphereSampler : FieldSampler
{
    private readonly int _rows;
    private readonly int _longitudes;
    private readonly GaussGegenbauerRule _rule;

    /// <summary>Creates the sampler of a mesh of <paramref name="rows"/> latitudes and twice as many longitudes.</summary>
    public SphereSampler(Attention attention, int rows, IFourierEngine engine)
        : this(attention, rows, engine, GaussGegenbauerRule.Create(3, rows))
    {
    }

    private SphereSampler(Attention attention, int rows, IFourierEngine engine, GaussGegenbauerRule rule)
        : base(attention, new SphereMesh(rule.Nodes, 2 * rows), engine)
    {
        _rows = rows;
        _longitudes = 2 * rows;
        _rule = rule;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<FieldAxis> Axes
    {
        get
        {
            double[] latitudes = new double[_rows], sides = new double[2 * _rows], longitudes = new double[_longitudes], meridians = new double[2 * _longitudes];
            double height = 1; // the cell of a row holds its weight: the height of a zone is twice its share of the sphere
            for (int i = 0; i < _rows; i++)
            {
                latitudes[i] = Degrees(Math.Asin(_rule.Nodes[i]));
                sides[2 * i] = Degrees(Math.Asin(Math.Clamp(height, -1, 1)));
                height -= 2 * _rule.Weights[i];
                sides[2 * i + 1] = i == _rows - 1 ? -90 : Degrees(Math.Asin(Math.Clamp(height, -1, 1)));
            }
            for (int j = 0; j < _longitudes; j++)
            {
                longitudes[j] = 360.0 * j / _longitudes;
                (meridians[2 * j], meridians[2 * j + 1]) = (360 * (j - 0.5) / _longitudes, 360 * (j + 0.5) / _longitudes);
            }
            return
            [
                new("lat", "latitude: the north pole is (0, 0, 1)", "degrees_north", latitudes, sides, "latitude"),
                new("lon", "longitude: the angle from the first axis towards the second", "degrees_east", longitudes, meridians, "longitude"),
            ];
        }
    }

    /// <inheritdoc/>
    internal override double[] Weights
    {
        get
        {
            var weights = new double[_rows * _longitudes];
            for (int i = 0; i < _rows; i++) weights.AsSpan(i * _longitudes, _longitudes).Fill(_rule.Weights[i] / _longitudes);
            return weights;
        }
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<(string Name, string LongName)> FieldNames =>
    [
        ("density", "density with respect to the normalized uniform measure (uniform = 1)"),
        ("u_east", "eastward velocity"),
        ("v_north", "northward velocity"),
    ];

    private static double Degrees(double radians) => radians * (180 / Math.PI);

    /// <inheritdoc/>
    private protected override void FillGrid(DensityFlow flow, double[][] fields)
    {
        int points = flow.Density.Length, row = points / _rows, stride = row / _longitudes;
        for (int i = 0; i < _rows; i++)
        {
            for (int j = 0; j < _longitudes; j++)
            {
                int from = i * row + j * stride, to = i * _longitudes + j;
                (fields[0][to], fields[1][to], fields[2][to]) = (flow.Density[from], flow.Velocity[points + from], 0 - flow.Velocity[from]);
            }
        }
    }

    /// <inheritdoc/>
    private protected override HarmonicTransform Grid(int bandlimit) =>
        new SphereTransform(bandlimit, new SphereGrid(_rows, _longitudes * Refinement(_longitudes, bandlimit)), Engine);

    /// <inheritdoc/>
    private protected override void Fill(DensityFlow flow, double[] coefficients, float[] density, float[] velocity)
    {
        int points = flow.Density.Length, row = points / _rows, stride = row / _longitudes;
        for (int i = 0; i < _rows; i++)
        {
            (double cosTheta, double sinTheta) = (_rule.Nodes[i], _rule.Sines[i]);
            for (int j = 0; j < _longitudes; j++)
            {
                (double sinPhi, double cosPhi) = Math.SinCos(2 * Math.PI * j / _longitudes);
                int from = i * row + j * stride, to = i * _longitudes + j;
                (double south, double east) = (flow.Velocity[from], flow.Velocity[points + from]);
                density[to] = (float)flow.Density[from];
                velocity[3 * to] = (float)(south * cosTheta * cosPhi - east * sinPhi); // v_θ e_θ + v_φ e_φ
                velocity[3 * to + 1] = (float)(south * cosTheta * sinPhi + east * cosPhi);
                velocity[3 * to + 2] = (float)(-south * sinTheta);
            }
        }
        FillPole(flow, coefficients, +1, _rows * _longitudes, density, velocity);
        FillPole(flow, coefficients, -1, _rows * _longitudes + 1, density, velocity);
    }

    /// <summary>
    /// At a pole Y_ℓ0 = (±1)^ℓ √(2ℓ+1), and ∇Y_ℓ,±1 = (±1)^(ℓ+1) √((2ℓ+1)ℓ(ℓ+1)/2) along x (order +1) and y (order −1).
    /// </summary>
    private static void FillPole(DensityFlow flow, double[] coefficients, int pole, int point, float[] density, float[] velocity)
    {
        double rho = 0, partition = 1, x = 0, y = 0;
        Attention attention = flow.Attention;
        for (int degree = 0; degree <= flow.Basis.Bandlimit; degree++)
        {
            int centre = degree * degree + degree;
            double sign = pole < 0 && (degree & 1) == 1 ? -1 : 1, value = sign * Math.Sqrt(2 * degree + 1.0);
            rho += value * coefficients[centre];
            if (degree == 0 || degree > flow.PotentialBandlimit) continue;
            double multiplier = flow.Kernel.Multiplier(attention.Normalization, degree);
            double slope = sign * pole * multiplier * Math.Sqrt((2 * degree + 1.0) * degree * (degree + 1) / 2);
            partition += attention.Beta * multiplier * value * coefficients[centre];
            x += slope * coefficients[centre + 1];
            y += slope * coefficients[centre - 1];
        }
        double scale = attention.Normalization == Normalization.Softmax ? 1 / Math.Max(partition, Math.Sqrt(x * x + y * y)) : 1;
        density[point] = (float)rho;
        velocity[3 * point] = (float)(scale * x);
        velocity[3 * point + 1] = (float)(scale * y);
    }
}
