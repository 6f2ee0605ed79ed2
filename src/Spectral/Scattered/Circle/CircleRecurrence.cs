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
        for (int v = 0; v < vectors; v++)
        {
            EightLanes stepRe = EightLanes.Load(x + 8 * v), stepIm = EightLanes.Load(y + 8 * v), re = EightLanes.Load(w + 8 * v);
            (EightLanes.Load(lanes) + re).Store(lanes);
            EightLanes im = EightLanes.Broadcast(0);
            re *= EightLanes.Broadcast(Root);
            for (int k = 1; k <= _bandlimit; k++)
            {
                Turn(ref re, ref im, stepRe, stepIm);
                double* target = lanes + 8 * (2 * k - 1);
                (EightLanes.Load(target) + re).Store(target);
                (EightLanes.Load(target + 8) + im).Store(target + 8);
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
        for (int v = 0; v < vectors; v++)
        {
            EightLanes stepRe = EightLanes.Load(x + 8 * v), stepIm = EightLanes.Load(y + 8 * v);
            EightLanes re = EightLanes.Broadcast(Root), im = EightLanes.Broadcast(0);
            EightLanes value = EightLanes.Broadcast(coefficients[0]), slope = im;
            for (int k = 1; k <= _bandlimit; k++)
            {
                Turn(ref re, ref im, stepRe, stepIm);
                EightLanes cosine = EightLanes.Broadcast(coefficients[2 * k - 1]), sine = EightLanes.Broadcast(coefficients[2 * k]);
                EightLanes degree = EightLanes.Broadcast(k);
                value = EightLanes.MultiplyAdd(cosine, re, EightLanes.MultiplyAdd(sine, im, value));
                slope = EightLanes.MultiplyAdd(degree, EightLanes.MultiplySubtractFrom(cosine, im, sine * re), slope);
            }
            value.Store(values + 8 * v);
            slope.Store(slopes + 8 * v);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(ref EightLanes re, ref EightLanes im, EightLanes stepRe, EightLanes stepIm)
    {
        EightLanes next = EightLanes.MultiplySubtractFrom(im, stepIm, re * stepRe);
        im = EightLanes.MultiplyAdd(re, stepIm, im * stepRe);
        re = next;
    }
}
