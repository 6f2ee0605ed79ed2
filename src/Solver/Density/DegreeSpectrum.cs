using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Rotation-invariant spectrum s_ℓ = (Σ_m a_ℓm²)^½ of a state, and whether it is resolved.</summary>
/// <remarks>
/// A state is resolved when its spectrum reaches a plateau inside the bandlimit, after Aurentz and Trefethen, "Chopping a Chebyshev
/// series" (ACM Trans. Math. Softw. 43, 2017): the envelope e_ℓ = max_{k≥ℓ} s_k / max_{k≥1} s_k falls below the tolerance with a fifth
/// of the degrees to spare, or is flat at rounding level, where more degrees would not improve it. Unlike theirs, a flat stretch
/// above <see cref="RoundingPlateau"/> does not count: truncation itself makes the last degrees pile up. What lies beyond the bandlimit must be below the
/// tolerance too, if the envelope goes on as it ends, and a spectrum with gaps must be seen to end: its next harmonic must lie inside the bandlimit.
/// </remarks>
public sealed class DegreeSpectrum
{
    /// <summary>Components below this are rounding of the uniform state's 1.</summary>
    private const double RoundingFloor = 4e-16;

    /// <summary>Highest level, relative to the largest component, at which a flat spectrum is taken for accumulated rounding.</summary>
    private const double RoundingPlateau = 1e-12;

    private readonly double[] _sizes;
    private readonly double[] _envelope;

    /// <summary>Work space for bandlimits up to that of <paramref name="basis"/>.</summary>
    public DegreeSpectrum(HarmonicBasis basis)
    {
        Basis = basis;
        _sizes = new double[basis.Bandlimit + 1];
        _envelope = new double[basis.Bandlimit + 1];
    }

    /// <summary>The harmonics of the states measured.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>s_ℓ of the last state measured.</summary>
    public ReadOnlySpan<double> Sizes => _sizes;

    /// <summary>max of s_ℓ over the highest tenth of the degrees (at least one), relative to max_{ℓ≥1} s_ℓ.</summary>
    public double Tail { get; private set; }

    /// <summary>‖ρ − 1‖₂ = (Σ_{ℓ≥1} s_ℓ²)^½.</summary>
    public double Deviation => TensorPrimitives.Norm<double>(_sizes.AsSpan(1));

    /// <summary>Measures a state; one that is not finite is resolved at no tolerance.</summary>
    public void Measure(ReadOnlySpan<double> coefficients)
    {
        int last = Basis.Bandlimit;
        for (int degree = 0; degree <= last; degree++)
        {
            double sum = 0;
            foreach (double a in coefficients[Basis.Start(degree)..Basis.Start(degree + 1)]) sum += a * a;
            _sizes[degree] = Math.Sqrt(sum);
        }
        double running = 0;
        for (int degree = last; degree >= 1; degree--)
        {
            if (!(_sizes[degree] <= RoundingFloor)) running = Math.Max(running, _sizes[degree]);
            _envelope[degree] = running;
        }
        for (int degree = 1; degree <= last && running > 0; degree++) _envelope[degree] /= running;
        Tail = _envelope[Math.Max(1, last - last / 10)];
    }

    /// <summary>Whether the last state measured has a plateau at or below <paramref name="tolerance"/> inside the bandlimit.</summary>
    public bool IsResolved(double tolerance)
    {
        if (!double.IsFinite(_envelope[1])) return false;
        int last = Basis.Bandlimit, period = Period(tolerance);
        bool tail = TailBound() <= tolerance;
        for (int degree = 1; degree <= last; degree++)
        {
            double here = _envelope[degree];
            int beyond = (int)Math.Round(1.25 * degree + 5);
            if (degree - 1 + period > last) return false;
            if (here == 0) return true;
            if (beyond > last) return false;
            if (here <= tolerance && tail) return true;
            if (here > RoundingPlateau) continue;
            // The flatter the envelope, the higher a plateau may lie: from tolerance (any slope) to tolerance^⅔ (exactly flat).
            double required = 3 * (1 - Math.Log(here) / Math.Log(tolerance));
            if (_envelope[beyond] / here > required) return true;
        }
        return false;
    }

    // The largest step by which all degrees above a level go: a state that is symmetric under q-fold rotations has multiples of q only,
    // and its next harmonic must lie inside the bandlimit to be seen.
    private int Period(double level)
    {
        int period = 0;
        double largest = 0;
        for (int degree = 1; degree < _sizes.Length; degree++) largest = Math.Max(largest, _sizes[degree]);
        for (int degree = 1; degree < _sizes.Length && period != 1; degree++)
        {
            if (!(_sizes[degree] > Math.Max(level * largest, RoundingFloor))) continue;
            for (int other = degree; other > 0;) (period, other) = (other, period % other); // greatest common divisor
        }
        return period;
    }

    /// <summary>
    /// (Σ_{ℓ>L} s_ℓ²)^½ relative to the largest component, if the envelope e goes on as the power ℓ^−p with which it falls from 0.8L to b = 0.9L:
    /// e_b (b/(2p − 1))^½, or as far again as L where it is flatter than p = 1. Whatever falls faster than a power stays below it.
    /// </summary>
    private double TailBound()
    {
        int last = Basis.Bandlimit, from = Math.Max(1, last - last / 5), to = Math.Max(1, last - last / 10);
        if (_envelope[to] == 0) return 0;
        double power = to == from ? 0 : Math.Log(_envelope[from] / _envelope[to]) / Math.Log((double)to / from);
        return _envelope[to] * Math.Sqrt(to / Math.Max(1, 2 * power - 1));
    }
}
