using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks.Peers;

/// <summary>The nonlinear right-hand side without normalization, as a user of libsharp would write it.</summary>
/// <remarks>
/// N_ℓm = √(ℓ(ℓ+1)) E_ℓm, where E is the gradient part of the spin-1 analysis of (ρ − 1)∇Ψ. libsharp's coefficients are those of
/// complex harmonics orthonormal on the unnormalized sphere with Condon–Shortley phase:
/// a_sharp(ℓ, m) = √(4π) (−1)^m (a_ℓm − i a_ℓ,−m)/√2 for m &gt; 0, √(4π) a_ℓ0 for m = 0.
/// </remarks>
internal sealed unsafe class SharpFlow : IDisposable
{
    private readonly int _bandlimit;
    private readonly nint _grid;
    private readonly nint _layout;
    private readonly nint _potentialLayout;
    private readonly double[] _state;
    private readonly double[] _multipliers;
    private readonly double[] _potential;
    private readonly double[] _density;
    private readonly double[] _colatitude;
    private readonly double[] _longitude;
    private readonly double[] _electric;
    private readonly double[] _magnetic;
    private readonly double[] _factors;
    private readonly int[] _source;

    /// <summary>Prepares layouts, grid and buffers.</summary>
    /// <param name="kernel">W.</param>
    /// <param name="bandlimit">L.</param>
    /// <param name="potentialBandlimit">Degrees of Ψ: L for the plain way, less for a user who knows that W is smooth.</param>
    /// <param name="latitudes">Rows.</param>
    /// <param name="longitudes">Points per row.</param>
    public SharpFlow(AttentionKernel kernel, int bandlimit, int potentialBandlimit, int latitudes, int longitudes)
    {
        _bandlimit = bandlimit;
        LibSharp.SetThreads(1);
        LibSharp.MakeTriangularCoefficients(bandlimit, bandlimit, 1, out _layout);
        LibSharp.MakeTriangularCoefficients(potentialBandlimit, potentialBandlimit, 1, out _potentialLayout);
        LibSharp.MakeGaussGrid(latitudes, longitudes, 0, 1, longitudes, out _grid);
        int count = Length(bandlimit), potentialCount = Length(potentialBandlimit), points = latitudes * longitudes;
        (_state, _electric, _magnetic, _factors) = (Pinned(count), Pinned(count), Pinned(count), Pinned(count));
        (_potential, _multipliers, _source) = (Pinned(potentialCount), Pinned(potentialCount), new int[potentialCount]);
        (_density, _colatitude, _longitude) = (Pinned(points), Pinned(points), Pinned(points));
        for (int m = 0; m <= bandlimit; m++)
        {
            for (int degree = m; degree <= bandlimit; degree++)
            {
                int i = Index(bandlimit, degree, m);
                _factors[i] = _factors[i + 1] = Math.Sqrt(degree * (degree + 1.0));
                if (degree > potentialBandlimit || m > potentialBandlimit)
                    continue;
                int j = Index(potentialBandlimit, degree, m);
                bool present = degree > 0 && degree <= kernel.MaximumDegree;
                double multiplier = present ? kernel.Multiplier(Normalization.None, degree) : 0;
                _multipliers[j] = _multipliers[j + 1] = multiplier;
                (_source[j], _source[j + 1]) = (i, i + 1);
            }
        }
    }

    /// <summary>Takes over a state in Meanfield's convention; not part of what is timed.</summary>
    public void SetState(ReadOnlySpan<double> state)
    {
        var basis = new HarmonicBasis(3, _bandlimit);
        for (int m = 0; m <= _bandlimit; m++)
        {
            double factor = Factor(m);
            for (int degree = m; degree <= _bandlimit; degree++)
            {
                int i = Index(_bandlimit, degree, m);
                _state[i] = factor * state[basis.IndexOf(degree, m)];
                _state[i + 1] = m == 0 ? 0 : -factor * state[basis.IndexOf(degree, -m)];
            }
        }
        _state[0] = 0; // ρ − 1
    }

    /// <summary>The result in Meanfield's convention; not part of what is timed.</summary>
    public double[] Tendency()
    {
        var basis = new HarmonicBasis(3, _bandlimit);
        var tendency = new double[basis.Count];
        for (int m = 0; m <= _bandlimit; m++)
        {
            double factor = Factor(m);
            for (int degree = Math.Max(m, 1); degree <= _bandlimit; degree++)
            {
                int i = Index(_bandlimit, degree, m);
                tendency[basis.IndexOf(degree, m)] = _electric[i] / factor;
                if (m > 0)
                    tendency[basis.IndexOf(degree, -m)] = -_electric[i + 1] / factor;
            }
        }
        return tendency;
    }

    /// <summary>One right-hand side.</summary>
    public void Evaluate()
    {
        fixed (double* state = _state, potential = _potential, density = _density, u = _colatitude, v = _longitude,
            electric = _electric, magnetic = _magnetic)
        {
            Filter();                                                                           // 1. Ψ = Σ ŵ_ℓ a Y
            double** gradient = stackalloc double*[2] { u, v };
            double** spin = stackalloc double*[2] { electric, magnetic };
            double* single = potential, map = density;
            LibSharp.Execute(
                LibSharp.DerivativeSynthesis, 1, &single, gradient, _grid, _potentialLayout,
                LibSharp.DoublePrecision, null, null);
            single = state;                                                                     // 2. ρ − 1 on the grid
            LibSharp.Execute(LibSharp.Synthesis, 0, &single, &map, _grid, _layout, LibSharp.DoublePrecision, null, null);
            TensorPrimitives.Multiply(_colatitude, _density, _colatitude);                      // 3. F = (ρ − 1)∇Ψ
            TensorPrimitives.Multiply(_longitude, _density, _longitude);
            LibSharp.Execute(LibSharp.Analysis, 1, spin, gradient, _grid, _layout, LibSharp.DoublePrecision, null, null);
            TensorPrimitives.Multiply(_electric, _factors, _electric);                          // 4. N = √(ℓ(ℓ+1)) E
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LibSharp.DestroyCoefficients(_layout);
        LibSharp.DestroyCoefficients(_potentialLayout);
        LibSharp.DestroyGrid(_grid);
    }

    private void Filter()
    {
        if (_potential.Length == _state.Length)
        {
            TensorPrimitives.Multiply(_state, _multipliers, _potential);
            return;
        }
        for (int j = 0; j < _potential.Length; j++)
            _potential[j] = _multipliers[j] * _state[_source[j]];
    }

    private static double Factor(int m) => Math.Sqrt(4 * Math.PI) * (m == 0 ? 1 : ((m & 1) == 0 ? 1 : -1) * Math.Sqrt(0.5));

    private static int Length(int bandlimit) => (bandlimit + 1) * (bandlimit + 2);

    private static int Index(int bandlimit, int degree, int m) => 2 * (m * (2 * bandlimit + 1 - m) / 2 + degree);

    private static double[] Pinned(int length) => GC.AllocateArray<double>(length, pinned: true);
}
