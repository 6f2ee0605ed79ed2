using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Tokens of the density ρ = Σ a_A Y_A given by its coefficients: on the circle, the sphere, or zonal about the last axis.</summary>
/// <remarks>
/// Circle and zonal: the angle by inversion of its distribution function. Sphere: rejection of uniform points, ρ(x) against a bound of ρ
/// found on a grid. Along great circles ρ − c is a trigonometric polynomial of degree L, so by M. Riesz's lemma its largest modulus is at
/// most that on the grid divided by cos(L h), h the covering radius of the grid. The cost per token is proportional to the bound.
/// Values of ρ below −1e−8 of its largest are refused; smaller ones count as 0.
/// </remarks>
public sealed class HarmonicTokens : ITokenSource
{
    private readonly double[] _coefficients;
    private readonly double[] _axis;
    private readonly double[] _values; // harmonics at one point
    private readonly HarmonicBasis _basis;
    private readonly PointHarmonics? _harmonics; // sphere
    private readonly InverseDistribution? _angle; // circle, zonal
    private readonly double _bound;

    /// <summary>Prepares the law.</summary>
    /// <param name="basis">Dimension and bandlimit L.</param>
    /// <param name="coefficients">[basis.Count] a_A.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or the density is negative somewhere or not finite.</exception>
    public HarmonicTokens(HarmonicBasis basis, ReadOnlySpan<double> coefficients)
    {
        if (coefficients.Length != basis.Count)
            throw new ArgumentException($"{coefficients.Length} coefficients where {basis.Count} are expected", nameof(coefficients));
        _basis = basis;
        _coefficients = coefficients.ToArray();
        _values = new double[basis.Count];
        _axis = new double[basis.Dimension];
        _axis[^1] = 1;
        int d = basis.Dimension, degree = basis.Bandlimit + d - 2;
        if (d == 3)
        {
            _harmonics = new PointHarmonics(basis);
            _bound = Bound();
        }
        else if (d == 2)
        {
            var circle = new CircularHarmonics(basis.Bandlimit);
            _angle = new InverseDistribution(2 * Math.PI, 8 * degree + 16, angle =>
            {
                circle.Evaluate(Math.Cos(angle), Math.Sin(angle), _values);
                return TensorPrimitives.Dot<double>(_values, _coefficients);
            });
        }
        else
        {
            _angle = new InverseDistribution(Math.PI, 4 * degree + 16, Zonal);
        }
    }

    /// <inheritdoc/>
    public int Dimension => _basis.Dimension;

    /// <inheritdoc/>
    public void Draw(RandomNumbers random, Span<double> token)
    {
        if (_harmonics is not null)
        {
            DrawOnSphere(random, token);
            return;
        }
        double angle = _angle!.At(random.NextUniform());
        if (Dimension == 2)
        {
            (token[1], token[0]) = Math.SinCos(angle);
            return;
        }
        double half = Math.Sin(0.5 * angle);
        AxialDraw.About(random, _axis, 2 * half * half, token);
    }

    private void DrawOnSphere(RandomNumbers random, Span<double> token)
    {
        do
        {
            double height = 2 * random.NextUniform() - 1, ring = Math.Sqrt((1 - height) * (1 + height));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextUniform());
            (token[0], token[1], token[2]) = (ring * cosine, ring * sine, height);
            _harmonics!.Evaluate(token, _values);
        }
        while (random.NextUniform() * _bound > TensorPrimitives.Dot<double>(_values, _coefficients));
    }

    /// <summary>An upper bound of ρ on the sphere.</summary>
    private double Bound()
    {
        int bandlimit = Math.Max(1, _basis.Bandlimit), points = bandlimit <= 64 ? 16 * bandlimit : 8 * bandlimit;
        var grid = new SphereGrid(points / 2, FourierSize.Next(points));
        var values = new double[grid.Size];
        new SphereTransform(_basis.Bandlimit, grid).Synthesize(_coefficients, values);
        double lowest = TensorPrimitives.Min<double>(values), highest = TensorPrimitives.Max<double>(values);
        if (!double.IsFinite(lowest) || !double.IsFinite(highest)) throw new ArgumentException("the initial density is not finite");
        InverseDistribution.RequireDensity(lowest, highest);
        double first = Math.Acos(grid.Cosines[0]), reach = first; // nearest row from the pole
        for (int i = 1; i < grid.Latitudes; i++)
        {
            double next = Math.Acos(grid.Cosines[i]);
            reach = Math.Max(reach, 0.5 * (next - first));
            first = next;
        }
        double radius = double.Hypot(reach, Math.PI / grid.Longitudes);
        double middle = 0.5 * (highest + lowest), amplitude = 0.5 * (highest - lowest);
        return middle + amplitude / Math.Cos(bandlimit * radius);
    }

    /// <summary>ρ(cos θ) sin^(d−2) θ, with the harmonics carried times the root of the weight lest they overflow.</summary>
    private double Zonal(double angle)
    {
        int d = Dimension;
        (double sine, double cosine) = Math.SinCos(angle);
        double root = Math.Pow(sine, 0.5 * (d - 2)), below = 0, value = root, sum = _coefficients[0] * root, fall = 0;
        for (int l = 1; l < _coefficients.Length; l++)
        {
            // b_ℓ π_ℓ = t π_(ℓ−1) − b_(ℓ−1) π_(ℓ−2), b_ℓ² = ℓ(ℓ+d−3)/((2ℓ+d−2)(2ℓ+d−4))
            double rise = Math.Sqrt(l * (l + d - 3.0) / ((2.0 * l + d - 2) * (2.0 * l + d - 4)));
            (below, value) = (value, (cosine * value - fall * below) / rise);
            fall = rise;
            sum += _coefficients[l] * value;
        }
        return root * sum;
    }
}
