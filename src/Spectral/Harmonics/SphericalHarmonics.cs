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
    public void Evaluate(double x, double y, double z, Span<double> values)
    {
        if (values.Length != Basis.Count)
            throw new ArgumentException($"{values.Length} numbers where {Basis.Count} are expected", nameof(values));
        if (SimdVariant.Lanes == EightLanes.Lanes)
            Evaluate<EightLanes>(x, y, z, values);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            Evaluate<FourLanes>(x, y, z, values);
        else
            Evaluate<OneLane>(x, y, z, values);
    }

    [SkipLocalsInit]
    private void Evaluate<T>(double x, double y, double z, Span<double> values) where T : struct, ISimd<T>
    {
        double* work = stackalloc double[WorkRows * _rowLength];
        double* cosines = work, sines = cosines + _rowLength;
        FillPowers<T>(x, y, cosines, sines);
        double* below = sines + _rowLength, row = below + _rowLength, above = row + _rowLength;
        new Span<double>(below, 3 * _rowLength).Clear();
        fixed (double* target = values)
        {
            row[0] = 1;
            target[0] = 1;
            for (int l = 1; l <= Basis.Bandlimit; l++)
            {
                Rise<T>(l, z, row, below, above);
                StoreDegree<T>(l, above, cosines, sines, target + (l * l + l));
                double* free = below;
                below = row;
                row = above;
                above = free;
            }
        }
        GC.KeepAlive(this);
    }

    // cosines[m] + i sines[m] = (x + iy)^m, each lane stepping by the eighth power
    private void FillPowers<T>(double x, double y, double* cosines, double* sines) where T : struct, ISimd<T>
    {
        (cosines[0], sines[0]) = (1, 0);
        for (int m = 1; m < Lanes; m++)
            (cosines[m], sines[m]) = (x * cosines[m - 1] - y * sines[m - 1], x * sines[m - 1] + y * cosines[m - 1]);
        T stepRe = T.Broadcast(x * cosines[Lanes - 1] - y * sines[Lanes - 1]);
        T stepIm = T.Broadcast(x * sines[Lanes - 1] + y * cosines[Lanes - 1]);
        for (int m = Lanes; m < _rowLength; m += T.Lanes)
        {
            T re = T.Load(cosines + m - Lanes), im = T.Load(sines + m - Lanes);
            T.MultiplySubtractFrom(im, stepIm, re * stepRe).Store(cosines + m);
            T.MultiplyAdd(im, stepRe, re * stepIm).Store(sines + m);
        }
    }

    // Q_ℓm = (1/ε_ℓ) z Q_{ℓ−1,m} − (ε_{ℓ−1}/ε_ℓ) Q_{ℓ−2,m} for m < ℓ, then Q_ℓℓ and zeros
    private void Rise<T>(int l, double z, double* row, double* below, double* above) where T : struct, ISimd<T>
    {
        double* rise = _rise.Pointer + _rowStart[l], fall = _fall.Pointer + _rowStart[l];
        T height = T.Broadcast(z);
        int whole = l / Lanes * Lanes;
        for (int m = 0; m < whole; m += T.Lanes)
            RiseFrom(m, T.Broadcast(0)).Store(above + m);
        for (int lane = 0; lane < Lanes; lane += T.Lanes)
            RiseFrom(whole + lane, T.Load(_diagonal.Pointer + Lanes * l + lane)).Store(above + whole + lane);

        T RiseFrom(int first, T start)
        {
            T f = T.Load(fall + first), r = T.Load(rise + first);
            T falling = T.MultiplySubtractFrom(f, T.Load(below + first), start);
            return T.MultiplyAdd(r, height * T.Load(row + first), falling);
        }
    }

    // Whole vectors from order 0 up, the last overlapping the one before; the sine of order 0 is overwritten by its cosine.
    private static void StoreDegree<T>(int l, double* row, double* cosines, double* sines, double* centre) where T : struct, ISimd<T>
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
            StoreOrders<T>(m, row, cosines, sines, centre);
        if ((l + 1) % Lanes != 0)
            StoreOrders<T>(l + 1 - Lanes, row, cosines, sines, centre);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreOrders<T>(int first, double* row, double* cosines, double* sines, double* centre)
        where T : struct, ISimd<T>
    {
        for (int m = first; m < first + Lanes; m += T.Lanes)
        {
            T q = T.Load(row + m);
            (q * T.Load(sines + m)).StoreReversed(centre - m - (T.Lanes - 1));
            (q * T.Load(cosines + m)).Store(centre + m);
        }
    }

    private static double Epsilon(int l, int m) => Math.Sqrt((double)(l - m) * (l + m) / ((2.0 * l - 1) * (2.0 * l + 1)));

    private static int RoundUp(int count) => (count + Lanes - 1) / Lanes * Lanes;
}
