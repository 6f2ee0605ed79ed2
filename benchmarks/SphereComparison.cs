using Meanfield.Benchmarks.Peers;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks;

/// <summary>rhs-sphere: <see cref="DensityFlow.Nonlinear"/> at d = 3 beside libsharp.</summary>
internal sealed class SphereComparison : IDisposable
{
    private readonly double[] _state;
    private readonly double[] _tendency;
    private readonly SharpFlow _peer;

    /// <summary>Prepares both sides and compares their results.</summary>
    /// <param name="bandlimit">L.</param>
    /// <param name="beta">β.</param>
    /// <param name="sameGrid">
    /// False: the plain way, all degrees of Ψ and the 3/2 rule, 3(L+1)/2 × 3(L+1).
    /// True: the peer is given our truncation of Ψ and our smaller grid, so that only the transforms differ.
    /// </param>
    /// <param name="threads">Our threads; libsharp's calls run on one.</param>
    public SphereComparison(int bandlimit, double beta, bool sameGrid, int threads)
    {
        var attention = new Attention(Normalization.None, beta);
        var grid = SphereGrid.ForDegree(DensityFlow.QuadratureDegree(attention, 3, bandlimit, oversampling: 0));
        var flow = new DensityFlow(attention, new SphereTransform(bandlimit, grid, threads: threads));
        _state = RandomState.Of(flow.Basis, seed: (ulong)bandlimit);
        _tendency = new double[flow.Basis.Count];
        _peer = sameGrid
            ? new SharpFlow(flow.Kernel, bandlimit, flow.PotentialBandlimit, grid.Latitudes, grid.Longitudes)
            : new SharpFlow(flow.Kernel, bandlimit, bandlimit, 3 * (bandlimit + 1) / 2, 3 * (bandlimit + 1));
        _peer.SetState(_state);
        _peer.Evaluate();
        flow.Nonlinear(_state, _tendency);
        Comparison = new Comparison(
            sameGrid ? "rhs-sphere-same-grid" : "rhs-sphere", bandlimit, $"libsharp ({LibSharp.Architecture})",
            repetitions => Interleaved.Clock(() => flow.Nonlinear(_state, _tendency), repetitions),
            repetitions => Interleaved.Clock(_peer.Evaluate, repetitions),
            RandomState.Distance(_tendency, _peer.Tendency()),
            ContractionFlops.Of(bandlimit, flow.PotentialBandlimit, grid),
            threads);
    }

    /// <summary>The two sides.</summary>
    public Comparison Comparison { get; }

    /// <inheritdoc/>
    public void Dispose() => _peer.Dispose();
}
