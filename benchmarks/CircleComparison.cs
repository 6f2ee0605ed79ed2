using Meanfield.Benchmarks.Peers;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks;

/// <summary>rhs-circle: <see cref="DensityFlow.Nonlinear"/> at d = 2 beside NumPy on the same points and degrees.</summary>
internal static class CircleComparison
{
    /// <summary>Prepares both sides and compares their results.</summary>
    /// <param name="peer">The NumPy process; it holds one state at a time.</param>
    /// <param name="points">N; the bandlimit is the largest whose products N points integrate exactly.</param>
    /// <param name="beta">β.</param>
    public static Comparison Create(NumpyCircle peer, int points, double beta)
    {
        DensityFlow flow = Flow(points, beta);
        HarmonicBasis basis = flow.Basis;
        double[] state = RandomState.Of(basis, seed: (ulong)points), tendency = new double[basis.Count];
        flow.Nonlinear(state, tendency);

        // c_k = (a(k,+1) − i a(k,−1))/√2
        double[] real = new double[flow.Basis.Bandlimit + 1], imaginary = new double[flow.Basis.Bandlimit + 1];
        real[0] = state[0];
        for (int k = 1; k <= flow.Basis.Bandlimit; k++)
        {
            real[k] = state[basis.IndexOf(k, 1)] * Math.Sqrt(0.5);
            imaginary[k] = -state[basis.IndexOf(k, -1)] * Math.Sqrt(0.5);
        }
        var multipliers = new double[flow.PotentialBandlimit + 1];
        for (int k = 1; k < multipliers.Length; k++)
            multipliers[k] = flow.Kernel.Multiplier(Normalization.None, k);
        (double[] re, double[] im) = peer.Prepare(points, multipliers, real, imaginary);
        var theirs = new double[basis.Count];
        for (int k = 1; k <= flow.Basis.Bandlimit; k++)
            (theirs[basis.IndexOf(k, 1)], theirs[basis.IndexOf(k, -1)]) = (re[k] * Math.Sqrt(2), -im[k] * Math.Sqrt(2));
        return new Comparison(
            "rhs-circle", points, peer.Name,
            repetitions => Interleaved.Clock(() => flow.Nonlinear(state, tendency), repetitions),
            peer.Time,
            RandomState.Distance(tendency, theirs));
    }

    /// <summary>
    /// rhs-circle-real-ffts, rhs-circle-complex-ffts: the right-hand side beside one forward and one backward transform of N points
    /// by the fastest library here. What has to agree is the library's input and its output after both.
    /// </summary>
    /// <param name="points">N.</param>
    /// <param name="beta">β.</param>
    /// <param name="real">Whether the transforms are of real data.</param>
    public static Comparison BesideTransforms(int points, double beta, bool real)
    {
        DensityFlow flow = Flow(points, beta);
        double[] state = RandomState.Of(flow.Basis, seed: (ulong)points), tendency = new double[flow.Basis.Count];
        TransformPair pair = TransformPair.Fastest(points, real);
        return new Comparison(
            real ? "rhs-circle-real-ffts" : "rhs-circle-complex-ffts", points, pair.Name,
            repetitions => Interleaved.Clock(() => flow.Nonlinear(state, tendency), repetitions),
            pair.Time,
            pair.Error);
    }

    private static DensityFlow Flow(int points, double beta)
    {
        var attention = new Attention(Normalization.None, beta);
        var flow = new DensityFlow(attention, 2, (points - 1 - DensityFlow.KernelFor(attention, 2).MaximumDegree) / 2);
        return flow.Weights.Length == points
            ? flow
            : throw new ArgumentException($"the flow takes {flow.Weights.Length} points, not {points}", nameof(points));
    }
}
