using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// Harmonics of the circle at few points: eight points in the lanes, mode after mode by (x + iy)^(k+1) = (x + iy)(x + iy)^k.
/// </summary>
/// <remarks>Costs 8 multiply-adds per point and mode; the error grows like k units of rounding. Blocks are padded to whole vectors.</remarks>
internal sealed unsafe class CircleRecurrence
{
    private const double Root = 1.4142135623730950488; // √2

    private readonly int _bandlimit;

    /// <summary>Modes up to a bandlimit.</summary>
    public CircleRecurrence(int bandlimit) => _bandlimit = bandlimit;

    /// <summary>Adds Σ w Y_A(x) to eight lanes per coefficient.</summary>
    /// <param name="x">[8·vectors] cos θ.</param>
    /// <param name="y">[8·vectors] sin θ.</param>
    /// <param name="w">[8·vectors] masses, zero in the padding.</param>
    /// <param name="vectors">Vectors of eight points.</param>
    /// <param name="lanes">[2L + 1][8] partial sums.</param>
    public void AddMoments(double* x, double* y, double* w, int vectors, double* lanes)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            AddMoments<EightLanes>(x, y, w, vectors, lanes);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            AddMoments<FourLanes>(x, y, w, vectors, lanes);
        else
            AddMoments<OneLane>(x, y, w, vectors, lanes);
    }

    private void AddMoments<T>(double* x, double* y, double* w, int vectors, double* lanes) where T : struct, ISimd<T>
    {
        for (int i = 0; i < 8 * vectors; i += T.Lanes)
        {
            T stepRe = T.Load(x + i), stepIm = T.Load(y + i), re = T.Load(w + i);
            double* target = lanes + i % 8;
            (T.Load(target) + re).Store(target);
            T im = T.Broadcast(0);
            re *= T.Broadcast(Root);
            for (int k = 1; k <= _bandlimit; k++)
            {
                Turn(ref re, ref im, stepRe, stepIm);
                target = lanes + i % 8 + 8 * (2 * k - 1);
                (T.Load(target) + re).Store(target);
                (T.Load(target + 8) + im).Store(target + 8);
            }
        }
    }

    /// <summary>f and f′ = ∂f/∂θ at eight points a vector.</summary>
    /// <param name="x">[8·vectors] cos θ.</param>
    /// <param name="y">[8·vectors] sin θ.</param>
    /// <param name="vectors">Vectors of eight points.</param>
    /// <param name="coefficients">[2L + 1].</param>
    /// <param name="values">[8·vectors] receives f.</param>
    /// <param name="slopes">[8·vectors] receives f′.</param>
    public void Evaluate(double* x, double* y, int vectors, double* coefficients, double* values, double* slopes)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            Evaluate<EightLanes>(x, y, vectors, coefficients, values, slopes);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            Evaluate<FourLanes>(x, y, vectors, coefficients, values, slopes);
        else
            Evaluate<OneLane>(x, y, vectors, coefficients, values, slopes);
    }

    private void Evaluate<T>(double* x, double* y, int vectors, double* coefficients, double* values, double* slopes)
        where T : struct, ISimd<T>
    {
        for (int i = 0; i < 8 * vectors; i += T.Lanes)
        {
            T stepRe = T.Load(x + i), stepIm = T.Load(y + i);
            T re = T.Broadcast(Root), im = T.Broadcast(0);
            T value = T.Broadcast(coefficients[0]), slope = im;
            for (int k = 1; k <= _bandlimit; k++)
            {
                Turn(ref re, ref im, stepRe, stepIm);
                T cosine = T.Broadcast(coefficients[2 * k - 1]), sine = T.Broadcast(coefficients[2 * k]);
                T degree = T.Broadcast(k);
                value = T.MultiplyAdd(cosine, re, T.MultiplyAdd(sine, im, value));
                slope = T.MultiplyAdd(degree, T.MultiplySubtractFrom(cosine, im, sine * re), slope);
            }
            value.Store(values + i);
            slope.Store(slopes + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn<T>(ref T re, ref T im, T stepRe, T stepIm) where T : struct, ISimd<T>
    {
        T next = T.MultiplySubtractFrom(im, stepIm, re * stepRe);
        im = T.MultiplyAdd(re, stepIm, im * stepRe);
        re = next;
    }
}
