using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// Harmonics of the sphere at few points: eight points in the lanes, order after order, degrees by recurrence.
/// </summary>
/// <remarks>
/// Y_ℓ,±m = Q_ℓm(z) (Re, Im)(x + iy)^m with ε_ℓ Q_ℓ = z Q_{ℓ−1} − ε_{ℓ−1} Q_{ℓ−2}, ε_ℓm = √((ℓ²−m²)/(4ℓ²−1)), √2 in Q for m &gt; 0.
/// The same formula off the sphere has a gradient in R³; its tangential part is ∇f, so no angle and no 1/sin θ occurs.
/// Instances serve one thread at a time.
/// </remarks>
internal sealed unsafe class SphereRecurrence
{
    private readonly int _bandlimit;
    private readonly int[] _start; // of order m in arrays over m ≤ ℓ ≤ L
    private readonly AlignedBuffer _rise; // 1/ε_ℓm
    private readonly AlignedBuffer _fall; // ε_{ℓ−1,m}/ε_ℓm
    private readonly double[] _sectoral; // Q_mm
    private readonly AlignedBuffer _packed; // [m][ℓ] (cosine, sine)
    private readonly AlignedBuffer _lanes; // [ℓ][2][8] partial sums of one order

    /// <summary>Prepares the recurrence.</summary>
    public SphereRecurrence(int bandlimit)
    {
        _bandlimit = bandlimit;
        _start = new int[bandlimit + 2];
        for (int m = 0; m <= bandlimit; m++)
            _start[m + 1] = _start[m] + bandlimit + 1 - m;
        _rise = new AlignedBuffer(_start[^1]);
        _fall = new AlignedBuffer(_start[^1]);
        _packed = new AlignedBuffer(2 * _start[^1]);
        _lanes = new AlignedBuffer(16 * (bandlimit + 1));
        _sectoral = new double[bandlimit + 1];
        double product = 1;
        for (int m = 0; m <= bandlimit; m++)
        {
            product *= m == 0 ? 1 : (2 * m + 1.0) / (2 * m);
            _sectoral[m] = Math.Sqrt(m == 0 ? 1 : 2 * product);
            for (int l = m + 1; l <= bandlimit; l++)
            {
                _rise.Pointer[_start[m] + l - m] = 1 / Epsilon(l, m);
                _fall.Pointer[_start[m] + l - m] = Epsilon(l - 1, m) / Epsilon(l, m);
            }
        }
    }

    /// <summary>Adds Σ w Y_A(x) of a block of points to the moments.</summary>
    /// <param name="x">[8·vectors].</param>
    /// <param name="y">[8·vectors].</param>
    /// <param name="z">[8·vectors].</param>
    /// <param name="w">[2][8·vectors] masses, zero in the padding, and scratch: w (x + iy)^m goes through here.</param>
    /// <param name="vectors">Vectors of eight points.</param>
    /// <param name="moments">[(L + 1)²] sums so far.</param>
    public void AddMoments(double* x, double* y, double* z, double* w, int vectors, double* moments)
    {
        double* re = w, im = w + 8 * vectors;
        new Span<double>(im, 8 * vectors).Clear();
        for (int m = 0; m <= _bandlimit; m++)
        {
            int degrees = _bandlimit + 1 - m;
            _lanes.Span.Clear();
            for (int v = 0; v < vectors; v++)
            {
                EightLanes cosine = EightLanes.Load(re + 8 * v), sine = EightLanes.Load(im + 8 * v);
                AddOrder(m, degrees, EightLanes.Load(z + 8 * v), cosine, sine, _lanes.Pointer);
                EightLanes stepRe = EightLanes.Load(x + 8 * v), stepIm = EightLanes.Load(y + 8 * v);
                EightLanes.MultiplySubtractFrom(sine, stepIm, cosine * stepRe).Store(re + 8 * v);
                EightLanes.MultiplyAdd(cosine, stepIm, sine * stepRe).Store(im + 8 * v);
            }
            for (int i = 0; i < degrees; i++)
            {
                int centre = (m + i) * (m + i + 1);
                moments[centre + m] += LaneSum(_lanes.Pointer + 16 * i);
                if (m > 0)
                    moments[centre - m] += LaneSum(_lanes.Pointer + 16 * i + 8);
            }
        }
    }

    /// <summary>Takes the coefficients that <see cref="Evaluate"/> sums.</summary>
    /// <param name="coefficients">[(L + 1)²].</param>
    public void Load(ReadOnlySpan<double> coefficients)
    {
        for (int m = 0; m <= _bandlimit; m++)
        {
            for (int l = m; l <= _bandlimit; l++)
            {
                double* pair = _packed.Pointer + 2 * (_start[m] + l - m);
                (pair[0], pair[1]) = (coefficients[l * l + l + m], m == 0 ? 0 : coefficients[l * l + l - m]);
            }
        }
    }

    /// <summary>f and ∇f of the loaded coefficients at eight points.</summary>
    /// <param name="x">[8].</param>
    /// <param name="y">[8].</param>
    /// <param name="z">[8].</param>
    /// <param name="value">f.</param>
    /// <param name="gx">First component of ∇f.</param>
    /// <param name="gy">Second component.</param>
    /// <param name="gz">Third component.</param>
    public void Evaluate(
        EightLanes x, EightLanes y, EightLanes z, out EightLanes value, out EightLanes gx, out EightLanes gy, out EightLanes gz)
    {
        EightLanes zero = EightLanes.Broadcast(0), re = EightLanes.Broadcast(1), im = zero, reBelow = zero, imBelow = zero;
        (value, gx, gy, gz) = (zero, zero, zero, zero);
        for (int m = 0; m <= _bandlimit; m++)
        {
            SumOrder(m, z, out EightLanes a, out EightLanes b, out EightLanes aSlope, out EightLanes bSlope);
            value = EightLanes.MultiplyAdd(a, re, EightLanes.MultiplyAdd(b, im, value));
            gz = EightLanes.MultiplyAdd(aSlope, re, EightLanes.MultiplyAdd(bSlope, im, gz));
            EightLanes order = EightLanes.Broadcast(m);
            gx = EightLanes.MultiplyAdd(order, EightLanes.MultiplyAdd(a, reBelow, b * imBelow), gx);
            gy = EightLanes.MultiplyAdd(order, EightLanes.MultiplySubtractFrom(a, imBelow, b * reBelow), gy);
            (reBelow, imBelow) = (re, im);
            re = EightLanes.MultiplySubtractFrom(imBelow, y, reBelow * x);
            im = EightLanes.MultiplyAdd(reBelow, y, imBelow * x);
        }
        EightLanes radial = EightLanes.MultiplyAdd(gx, x, EightLanes.MultiplyAdd(gy, y, gz * z));
        gx = EightLanes.MultiplySubtractFrom(radial, x, gx);
        gy = EightLanes.MultiplySubtractFrom(radial, y, gy);
        gz = EightLanes.MultiplySubtractFrom(radial, z, gz);
    }

    private void AddOrder(int m, int degrees, EightLanes z, EightLanes cosine, EightLanes sine, double* lanes)
    {
        double* rise = _rise.Pointer + _start[m], fall = _fall.Pointer + _start[m];
        EightLanes below = EightLanes.Broadcast(0), q = EightLanes.Broadcast(_sectoral[m]);
        for (int i = 0; ; i++)
        {
            double* target = lanes + 16 * i;
            EightLanes.MultiplyAdd(q, cosine, EightLanes.Load(target)).Store(target);
            EightLanes.MultiplyAdd(q, sine, EightLanes.Load(target + 8)).Store(target + 8);
            if (i + 1 == degrees)
                return;
            EightLanes next = Rise(rise[i + 1], fall[i + 1], z * q, below);
            (below, q) = (q, next);
        }
    }

    // a = Σ a_ℓm Q_ℓm(z), b = Σ a_ℓ,−m Q_ℓm(z) and their derivatives in z
    private void SumOrder(int m, EightLanes z, out EightLanes a, out EightLanes b, out EightLanes aSlope, out EightLanes bSlope)
    {
        double* rise = _rise.Pointer + _start[m], fall = _fall.Pointer + _start[m], pair = _packed.Pointer + 2 * _start[m];
        EightLanes below = EightLanes.Broadcast(0), slopeBelow = below, slope = below, q = EightLanes.Broadcast(_sectoral[m]);
        (aSlope, bSlope) = (below, below);
        a = EightLanes.Broadcast(pair[0]) * q;
        b = EightLanes.Broadcast(pair[1]) * q;
        for (int i = 1; i <= _bandlimit - m; i++)
        {
            EightLanes next = Rise(rise[i], fall[i], z * q, below);
            EightLanes nextSlope = Rise(rise[i], fall[i], EightLanes.MultiplyAdd(z, slope, q), slopeBelow);
            (below, q, slopeBelow, slope) = (q, next, slope, nextSlope);
            EightLanes cosine = EightLanes.Broadcast(pair[2 * i]), sine = EightLanes.Broadcast(pair[2 * i + 1]);
            a = EightLanes.MultiplyAdd(cosine, q, a);
            b = EightLanes.MultiplyAdd(sine, q, b);
            aSlope = EightLanes.MultiplyAdd(cosine, slope, aSlope);
            bSlope = EightLanes.MultiplyAdd(sine, slope, bSlope);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static EightLanes Rise(double rise, double fall, EightLanes raised, EightLanes below)
        => EightLanes.MultiplySubtractFrom(EightLanes.Broadcast(fall), below, EightLanes.Broadcast(rise) * raised);

    private static double LaneSum(double* v) => ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));

    private static double Epsilon(int l, int m) => Math.Sqrt((double)(l - m) * (l + m) / ((2.0 * l - 1) * (2.0 * l + 1)));
}
