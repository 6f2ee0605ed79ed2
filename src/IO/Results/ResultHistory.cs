using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The snapshots that a result.h5 holds.</summary>
/// <remarks>Which tokens are in which cluster is not in result.h5 but beside it in tokens.vtkhdf; without that file the clusters are not known.</remarks>
internal sealed class ResultHistory : SnapshotHistory
{
    private readonly ResultFile _result;
    private readonly string? _clusters;
    private readonly int _firstCloud;
    private readonly GarbageLimit _garbage = new();

    /// <summary>Takes an open result, which stays the caller's.</summary>
    /// <param name="result">The result.</param>
    /// <param name="clusters">tokens.vtkhdf of the same run; null where there is none.</param>
    /// <exception cref="InvalidDataException">The result is damaged.</exception>
    internal ResultHistory(ResultFile result, string? clusters)
    {
        (_result, _clusters) = (result, clusters);
        int steps = result.Time.Length, positions = result.HasTokens ? result.TokenWeights().Length * result.Header.Dimension : 0;
        double[][] columns = [.. Diagnostic.All.Select(diagnostic => result.Diagnostic(diagnostic.Name))];
        bool tokens = result.Header.Scheme is "particles" or "characteristics";
        var outlines = new SnapshotOutline[steps];
        for (int step = 0; step < steps; step++)
        {
            var observables = new Observables();
            for (int i = 0; i < columns.Length; i++) observables = Diagnostic.All[i].With(observables, columns[i][step]);
            bool carried = tokens || result.Time[step] > result.HandoverTime;
            int count = new HarmonicBasis(result.Header.Dimension, observables.Bandlimit).Count;
            outlines[step] = new SnapshotOutline(result.Time[step], observables.Bandlimit, carried, count, carried ? positions : 0, observables);
        }
        Outlines = outlines;
        _firstCloud = Array.FindIndex(outlines, outline => outline.PositionCount > 0);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SnapshotOutline> Outlines { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The result is damaged.</exception>
    public override Snapshot this[int number]
    {
        get
        {
            _garbage.Keep();
            SnapshotOutline outline = Outlines[number];
            return new Snapshot(outline.Time, outline.Bandlimit, _result.Coefficients(number)[..outline.CoefficientCount], outline.Observables)
            {
                IsTruncated = outline.IsTruncated,
                Positions = outline.PositionCount == 0 ? null : [.. _result.TokenPositions(number).Cast<double>()],
                ClusterIds = outline.PositionCount == 0 ? null : ClusterIds(number - _firstCloud, outline.PositionCount / _result.Header.Dimension),
            };
        }
    }

    private int[]? ClusterIds(int cloud, int tokens)
    {
        if (_clusters is null) return null;
        using Hdf5File file = Hdf5File.OpenRead(_clusters);
        using Hdf5Dataset dataset = file.Open("VTKHDF/PointData/cluster_id");
        return dataset.ReadRows<int>((long)cloud * tokens, tokens);
    }
}
