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
    private readonly AlignedBuffer _fall; // −ε_{ℓ−1,m}/ε_ℓm
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
                _fall.Pointer[_start[m] + l - m] = -Epsilon(l - 1, m) / Epsilon(l, m);
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
        if (SimdVariant.Lanes == EightLanes.Lanes)
            AddMoments<EightLanes>(x, y, z, w, vectors, moments);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            AddMoments<FourLanes>(x, y, z, w, vectors, moments);
        else
            AddMoments<OneLane>(x, y, z, w, vectors, moments);
    }

    private void AddMoments<T>(double* x, double* y, double* z, double* w, int vectors, double* moments) where T : struct, ISimd<T>
    {
        double* re = w, im = w + 8 * vectors;
        new Span<double>(im, 8 * vectors).Clear();
        for (int m = 0; m <= _bandlimit; m++)
        {
            int degrees = _bandlimit + 1 - m;
            _lanes.Span.Clear();
            for (int i = 0; i < 8 * vectors; i += T.Lanes)
            {
                T cosine = T.Load(re + i), sine = T.Load(im + i);
                AddOrder(m, degrees, T.Load(z + i), cosine, sine, _lanes.Pointer + i % 8);
                T stepRe = T.Load(x + i), stepIm = T.Load(y + i);
                T.MultiplySubtractFrom(sine, stepIm, cosine * stepRe).Store(re + i);
                T.MultiplyAdd(cosine, stepIm, sine * stepRe).Store(im + i);
            }
            for (int l = m; l <= _bandlimit; l++)
            {
                double* sums = _lanes.Pointer + 16 * (l - m);
                moments[l * l + l + m] += LaneSum(sums);
                if (m > 0)
                    moments[l * l + l - m] += LaneSum(sums + 8);
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
    /// <param name="x">[3][8] coordinates.</param>
    /// <param name="result">[4][8] receives f, ∇f.</param>
    public void Evaluate(double* x, double* result)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            EvaluateLanes<EightLanes>(x, result);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            EvaluateLanes<FourLanes>(x, result);
        else
            EvaluateLanes<OneLane>(x, result);
    }

    private void EvaluateLanes<T>(double* coordinates, double* result) where T : struct, ISimd<T>
    {
        for (int lane = 0; lane < 8; lane += T.Lanes)
        {
            double* point = coordinates + lane, target = result + lane;
            Evaluate(T.Load(point), T.Load(point + 8), T.Load(point + 16), out T value, out T gx, out T gy, out T gz);
            value.Store(target);
            gx.Store(target + 8);
            gy.Store(target + 16);
            gz.Store(target + 24);
        }
    }

    private void Evaluate<T>(T x, T y, T z, out T value, out T gx, out T gy, out T gz) where T : struct, ISimd<T>
    {
        T zero = T.Broadcast(0), re = T.Broadcast(1), im = zero, reBelow = zero, imBelow = zero;
        (value, gx, gy, gz) = (zero, zero, zero, zero);
        for (int m = 0; m <= _bandlimit; m++)
        {
            SumOrder(m, z, out T a, out T b, out T aSlope, out T bSlope);
            value = T.MultiplyAdd(a, re, T.MultiplyAdd(b, im, value));
            gz = T.MultiplyAdd(aSlope, re, T.MultiplyAdd(bSlope, im, gz));
            T order = T.Broadcast(m);
            gx = T.MultiplyAdd(order, T.MultiplyAdd(a, reBelow, b * imBelow), gx);
            gy = T.MultiplyAdd(order, T.MultiplySubtractFrom(a, imBelow, b * reBelow), gy);
            (reBelow, imBelow) = (re, im);
            re = T.MultiplySubtractFrom(imBelow, y, reBelow * x);
            im = T.MultiplyAdd(reBelow, y, imBelow * x);
        }
        T radial = T.MultiplyAdd(gx, x, T.MultiplyAdd(gy, y, gz * z));
        gx = T.MultiplySubtractFrom(radial, x, gx);
        gy = T.MultiplySubtractFrom(radial, y, gy);
        gz = T.MultiplySubtractFrom(radial, z, gz);
    }

    private void AddOrder<T>(int m, int degrees, T z, T cosine, T sine, double* lanes) where T : struct, ISimd<T>
    {
        double* rise = _rise.Pointer + _start[m], fall = _fall.Pointer + _start[m];
        T below = T.Broadcast(0), q = T.Broadcast(_sectoral[m]);
        for (int i = 0; ; i++)
        {
            double* target = lanes + 16 * i;
            T.MultiplyAdd(q, cosine, T.Load(target)).Store(target);
            T.MultiplyAdd(q, sine, T.Load(target + 8)).Store(target + 8);
            if (i + 1 == degrees)
                return;
            T next = T.MultiplyAdd(T.Broadcast(rise[i + 1]) * z, q, T.Broadcast(fall[i + 1]) * below); // one operation deep in q
            (below, q) = (q, next);
        }
    }

    // a = Σ a_ℓm Q_ℓm(z), b = Σ a_ℓ,−m Q_ℓm(z) and their derivatives in z
    private void SumOrder<T>(int m, T z, out T a, out T b, out T aSlope, out T bSlope) where T : struct, ISimd<T>
    {
        double* rise = _rise.Pointer + _start[m], fall = _fall.Pointer + _start[m], pair = _packed.Pointer + 2 * _start[m];
        T below = T.Broadcast(0), slopeBelow = below, slope = below, q = T.Broadcast(_sectoral[m]);
        (aSlope, bSlope) = (below, below);
        a = T.Broadcast(pair[0]) * q;
        b = T.Broadcast(pair[1]) * q;
        for (int i = 1; i <= _bandlimit - m; i++)
        {
            T up = T.Broadcast(rise[i]), down = T.Broadcast(fall[i]), step = up * z;
            T next = T.MultiplyAdd(step, q, down * below);
            T nextSlope = T.MultiplyAdd(step, slope, T.MultiplyAdd(up, q, down * slopeBelow));
            (below, q, slopeBelow, slope) = (q, next, slope, nextSlope);
            T cosine = T.Broadcast(pair[2 * i]), sine = T.Broadcast(pair[2 * i + 1]);
            a = T.MultiplyAdd(cosine, q, a);
            b = T.MultiplyAdd(sine, q, b);
            aSlope = T.MultiplyAdd(cosine, slope, aSlope);
            bSlope = T.MultiplyAdd(sine, slope, bSlope);
        }
    }

    private static double LaneSum(double* v) => ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));

    private static double Epsilon(int l, int m) => Math.Sqrt((double)(l - m) * (l + m) / ((2.0 * l - 1) * (2.0 * l + 1)));
}
