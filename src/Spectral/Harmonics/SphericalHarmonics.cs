using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// The real harmonics Y_ℓm of S², ℓ ≤ L, at single points anywhere on the sphere, poles included.
/// </summary>
/// <remarks>
/// Y_ℓ,±m = √2 Q_ℓm(z) (Re, Im)(x + iy)^m with P_ℓm = sin^m θ · Q_ℓm(cos θ), so no angle is ever formed. The polynomials obey
/// ε_ℓ Q_ℓm = z Q_{ℓ−1,m} − ε_{ℓ−1} Q_{ℓ−2,m}, ε_ℓm = √((ℓ²−m²)/(4ℓ²−1)), eight orders at a time.
/// The relative error is of order ℓ units of rounding, and ℓ² within 1/ℓ of a pole.
/// Instances hold tables only and serve any number of threads.
/// </remarks>
public sealed unsafe class SphericalHarmonics
{
    private const int Lanes = 8;
    private const int WorkRows = 5;

    private readonly int _rowLength;
    private readonly int[] _rowStart;
    private readonly AlignedBuffer _rise; // 1/ε_ℓm, zero for m ≥ ℓ
    private readonly AlignedBuffer _fall; // ε_{ℓ−1,m}/ε_ℓm, zero for m ≥ ℓ − 1
    private readonly double[] _diagonal; // Q_ℓℓ, times √2 for ℓ > 0

    /// <summary>Prepares the recurrence up to a bandlimit.</summary>
    /// <param name="bandlimit">L, 0 … <see cref="SphereTransform.MaximumBandlimit"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">bandlimit outside that range.</exception>
    public SphericalHarmonics(int bandlimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bandlimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bandlimit, SphereTransform.MaximumBandlimit);
        Basis = new HarmonicBasis(3, bandlimit);
        _rowLength = RoundUp(bandlimit + 1);
        _rowStart = new int[bandlimit + 2];
        for (int l = 0; l <= bandlimit; l++)
            _rowStart[l + 1] = _rowStart[l] + RoundUp(l + 1);
        _rise = new AlignedBuffer(_rowStart[^1]);
        _fall = new AlignedBuffer(_rowStart[^1]);
        _diagonal = new double[bandlimit + 1];
        double product = 1;
        for (int l = 0; l <= bandlimit; l++)
        {
            for (int m = 0; m < l; m++)
            {
                _rise.Pointer[_rowStart[l] + m] = 1 / Epsilon(l, m);
                _fall.Pointer[_rowStart[l] + m] = Epsilon(l - 1, m) / Epsilon(l, m);
            }
            product *= l == 0 ? 1 : (2 * l + 1.0) / (2 * l);
            _diagonal[l] = Math.Sqrt(l == 0 ? 1 : 2 * product);
        }
    }

    /// <summary>The harmonics evaluated, in the order of their values.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>All Y_ℓm(x, y, z).</summary>
    /// <param name="x">sin θ cos φ.</param>
    /// <param name="y">sin θ sin φ.</param>
    /// <param name="z">cos θ; x² + y² + z² = 1 to rounding.</param>
    /// <param name="values">[Basis.Count] receives Y_ℓm at ℓ² + ℓ + m.</param>
    /// <exception cref="ArgumentException">values not Basis.Count long.</exception>
    [SkipLocalsInit]
    public void Evaluate(double x, double y, double z, Span<double> values)
    {
        if (values.Length != Basis.Count)
            throw new ArgumentException($"{values.Length} numbers where {Basis.Count} are expected", nameof(values));
        double* work = stackalloc double[WorkRows * _rowLength];
        double* cosines = work, sines = cosines + _rowLength;
        FillPowers(x, y, cosines, sines);
        double* below = sines + _rowLength, row = below + _rowLength, above = row + _rowLength;
        new Span<double>(below, 3 * _rowLength).Clear();
        fixed (double* target = values)
        {
            row[0] = 1;
            target[0] = 1;
            for (int l = 1; l <= Basis.Bandlimit; l++)
            {
                Rise(l, z, row, below, above);
                above[l] = _diagonal[l];
                StoreDegree(l, above, cosines, sines, target + (l * l + l));
                double* free = below;
                below = row;
                row = above;
                above = free;
            }
        }
        GC.KeepAlive(this);
    }

    // cosines[m] + i sines[m] = (x + iy)^m, each lane stepping by the eighth power
    private void FillPowers(double x, double y, double* cosines, double* sines)
    {
        (cosines[0], sines[0]) = (1, 0);
        for (int m = 1; m < Lanes; m++)
            (cosines[m], sines[m]) = (x * cosines[m - 1] - y * sines[m - 1], x * sines[m - 1] + y * cosines[m - 1]);
        EightLanes stepRe = EightLanes.Broadcast(x * cosines[Lanes - 1] - y * sines[Lanes - 1]);
        EightLanes stepIm = EightLanes.Broadcast(x * sines[Lanes - 1] + y * cosines[Lanes - 1]);
        for (int m = Lanes; m < _rowLength; m += Lanes)
        {
            EightLanes re = EightLanes.Load(cosines + m - Lanes), im = EightLanes.Load(sines + m - Lanes);
            EightLanes.MultiplySubtractFrom(im, stepIm, re * stepRe).Store(cosines + m);
            EightLanes.MultiplyAdd(im, stepRe, re * stepIm).Store(sines + m);
        }
    }

    // Q_ℓ = (1/ε_ℓ) z Q_{ℓ−1} − (ε_{ℓ−1}/ε_ℓ) Q_{ℓ−2} for m < ℓ, 0 for m ≥ ℓ
    private void Rise(int l, double z, double* row, double* below, double* above)
    {
        double* rise = _rise.Pointer + _rowStart[l], fall = _fall.Pointer + _rowStart[l];
        EightLanes height = EightLanes.Broadcast(z);
        for (int m = 0; m <= l; m += Lanes)
        {
            EightLanes falling = EightLanes.Load(fall + m) * EightLanes.Load(below + m);
            (EightLanes.Load(rise + m) * (height * EightLanes.Load(row + m)) - falling).Store(above + m);
        }
    }

    // Whole vectors from order 0 up, then the last orders one by one; the sine of order 0 is overwritten by its cosine.
    private static void StoreDegree(int l, double* row, double* cosines, double* sines, double* centre)
    {
        int m = 0;
        for (; m + Lanes <= l + 1; m += Lanes)
        {
            EightLanes q = EightLanes.Load(row + m);
            (q * EightLanes.Load(sines + m)).StoreReversed(centre - m - (Lanes - 1));
            (q * EightLanes.Load(cosines + m)).Store(centre + m);
        }
        for (; m <= l; m++)
        {
            centre[-m] = row[m] * sines[m];
            centre[m] = row[m] * cosines[m];
        }
    }

    private static double Epsilon(int l, int m) => Math.Sqrt((double)(l - m) * (l + m) / ((2.0 * l - 1) * (2.0 * l + 1)));

    private static int RoundUp(int count) => (count + Lanes - 1) / Lanes * Lanes;
}
