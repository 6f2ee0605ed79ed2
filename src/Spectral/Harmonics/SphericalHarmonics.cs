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
    private readonly AlignedBuffer _diagonal; // [ℓ][8] Q_ℓℓ, times √2 for ℓ > 0, in the lane of order ℓ

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
        _diagonal = new AlignedBuffer(Lanes * (bandlimit + 1));
        double product = 1;
        for (int l = 0; l <= bandlimit; l++)
        {
            for (int m = 0; m < l; m++)
            {
                _rise.Pointer[_rowStart[l] + m] = 1 / Epsilon(l, m);
                _fall.Pointer[_rowStart[l] + m] = Epsilon(l - 1, m) / Epsilon(l, m);
            }
            product *= l == 0 ? 1 : (2 * l + 1.0) / (2 * l);
            _diagonal.Pointer[Lanes * l + l % Lanes] = Math.Sqrt(l == 0 ? 1 : 2 * product);
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

    // Q_ℓm = (1/ε_ℓ) z Q_{ℓ−1,m} − (ε_{ℓ−1}/ε_ℓ) Q_{ℓ−2,m} for m < ℓ, then Q_ℓℓ and zeros
    private void Rise(int l, double z, double* row, double* below, double* above)
    {
        double* rise = _rise.Pointer + _rowStart[l], fall = _fall.Pointer + _rowStart[l];
        EightLanes height = EightLanes.Broadcast(z);
        int m = 0;
        for (; m + Lanes <= l; m += Lanes)
            RiseEight(m, EightLanes.Broadcast(0)).Store(above + m);
        RiseEight(m, EightLanes.Load(_diagonal.Pointer + Lanes * l)).Store(above + m);

        EightLanes RiseEight(int first, EightLanes start)
        {
            EightLanes f = EightLanes.Load(fall + first), r = EightLanes.Load(rise + first);
            EightLanes falling = EightLanes.MultiplySubtractFrom(f, EightLanes.Load(below + first), start);
            return EightLanes.MultiplyAdd(r, height * EightLanes.Load(row + first), falling);
        }
    }

    // Whole vectors from order 0 up, the last overlapping the one before; the sine of order 0 is overwritten by its cosine.
    private static void StoreDegree(int l, double* row, double* cosines, double* sines, double* centre)
    {
        if (l < Lanes - 1)
        {
            for (int m = 0; m <= l; m++)
            {
                centre[-m] = row[m] * sines[m];
                centre[m] = row[m] * cosines[m];
            }
            return;
        }
        for (int m = 0; m + Lanes <= l + 1; m += Lanes)
            StoreOrders(m, row, cosines, sines, centre);
        if ((l + 1) % Lanes != 0)
            StoreOrders(l + 1 - Lanes, row, cosines, sines, centre);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreOrders(int m, double* row, double* cosines, double* sines, double* centre)
    {
        EightLanes q = EightLanes.Load(row + m);
        (q * EightLanes.Load(sines + m)).StoreReversed(centre - m - (Lanes - 1));
        (q * EightLanes.Load(cosines + m)).Store(centre + m);
    }

    private static double Epsilon(int l, int m) => Math.Sqrt((double)(l - m) * (l + m) / ((2.0 * l - 1) * (2.0 * l + 1)));

    private static int RoundUp(int count) => (count + Lanes - 1) / Lanes * Lanes;
}
