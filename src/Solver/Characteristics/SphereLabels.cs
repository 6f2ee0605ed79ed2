using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Labels (θ, φ) ∈ [0, π]×[0, 2π] of a density on the sphere: dμ = ρ(θ, φ) sin θ dθ dφ/4π.</summary>
/// <remarks>
/// All nodes at one colatitude share the Fourier coefficients of that ring, f_m(θ) = Σ_ℓ a_ℓm P_ℓm(θ); rings are kept, as boxes side by side ask for the same ones.
/// </remarks>
internal sealed class SphereLabels : LabelSpace
{
    private const int MostRings = 4096;

    private readonly double[] _coefficients;
    private readonly SphericalHarmonics _harmonics;
    private readonly double[] _values;
    private readonly Dictionary<double, double[]> _rings = [];

    /// <summary>Takes a density.</summary>
    public SphereLabels(HarmonicBasis basis, ReadOnlySpan<double> coefficients)
        : base(basis)
    {
        _coefficients = coefficients.ToArray();
        _harmonics = new SphericalHarmonics(basis.Bandlimit);
        _values = new double[basis.Count];
    }

    /// <inheritdoc/>
    public override int Axes => 2;

    /// <inheritdoc/>
    public override int Coordinates => 3;

    /// <inheritdoc/>
    public override LabelBox Whole => new(0, Math.PI, 0, Math.Tau);

    /// <inheritdoc/>
    public override void Fill(LabelBox box, PanelRule rule, Span<double> mass, Span<double> positions)
    {
        int p = rule.Order, count = p * p;
        for (int i = 0; i < p; i++)
        {
            double colatitude = box.At(0, rule.Nodes[i]);
            (double sine, double cosine) = Math.SinCos(colatitude);
            double[] ring = Ring(colatitude, sine, cosine);
            for (int j = 0; j < p; j++)
            {
                (double y, double x) = Math.SinCos(box.At(1, rule.Nodes[j]));
                int at = i * p + j;
                mass[at] = Sum(ring, x, y) * sine / (4 * Math.PI);
                (positions[at], positions[count + at], positions[2 * count + at]) = (sine * x, sine * y, cosine);
            }
        }
    }

    /// <inheritdoc/>
    public override double SurfaceMeasure(ReadOnlySpan<double> position) => 1 / (4 * Math.PI);

    // [2(L+1)] cosine and sine amplitude of each order m at a colatitude; harmonics at longitude 0 are those of order ≥ 0.
    private double[] Ring(double colatitude, double sine, double cosine)
    {
        if (_rings.TryGetValue(colatitude, out double[]? ring)) return ring;
        if (_rings.Count >= MostRings) _rings.Clear();
        ring = new double[2 * (Basis.Bandlimit + 1)];
        _harmonics.Evaluate(sine, 0, cosine, _values);
        for (int degree = 0; degree <= Basis.Bandlimit; degree++)
        {
            int centre = degree * degree + degree;
            for (int m = 0; m <= degree; m++)
            {
                ring[2 * m] += _coefficients[centre + m] * _values[centre + m];
                if (m > 0) ring[2 * m + 1] += _coefficients[centre - m] * _values[centre + m];
            }
        }
        _rings.Add(colatitude, ring);
        return ring;
    }

    // Σ_m c_m cos mφ + s_m sin mφ by Horner's rule in e^{iφ}: Re Σ (c_m − i s_m) e^{imφ}.
    private static double Sum(double[] ring, double cosine, double sine)
    {
        double re = 0, im = 0;
        for (int m = ring.Length / 2 - 1; m >= 0; m--)
            (re, im) = (re * cosine - im * sine + ring[2 * m], re * sine + im * cosine - ring[2 * m + 1]);
        return re;
    }
}
