using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>One pass over all pairs of tokens: laws of the cosines with and without the mean, nearest neighbours, who lies within an angle of whom.</summary>
/// <remarks>
/// The Gram matrix is computed in double precision, tile by tile, and never stored; T²d/2 multiply-adds. Each tile has its own place for its sums and tables are
/// merged by a total order, so the bits do not depend on the number of threads. Mean removed: (x_i − m)·(x_j − m)/(|x_i − m||x_j − m|) from the cosines,
/// accurate to 1e−16 over the token variance.
/// </remarks>
internal sealed unsafe class PairSweep
{
    private readonly TokenPanels _panels;
    private readonly PairTally[] _tallies;
    private readonly AlignedBuffer[] _tiles;
    private readonly double[] _sums;
    private readonly double[] _centredSums;
    private readonly double[] _along;
    private readonly double[] _scales;
    private readonly WorkerTeam _team;
    private readonly Action<int> _work;
    private double[] _mean = [];
    private double _square;
    private int _next;

    /// <summary>Makes room.</summary>
    /// <param name="panels">The tokens, now and later.</param>
    /// <param name="capacity">Most tokens.</param>
    /// <param name="angle">Tokens within this angle are near.</param>
    /// <param name="threads">At least 1.</param>
    public PairSweep(TokenPanels panels, int capacity, double angle, int threads)
    {
        int places = PairTiles.Sides(capacity) * PairTiles.Size, tiles = PairTiles.Count(capacity);
        _panels = panels;
        NearCosine = Math.Cos(angle);
        Graph = new NeighbourGraph(places);
        Repeated = new bool[places];
        _along = new double[places];
        _scales = new double[places];
        _sums = new double[tiles * PairLaw.Sums];
        _centredSums = new double[tiles * PairLaw.Sums];
        _team = WorkerTeam.Of(threads);
        _tallies = [.. Enumerable.Range(0, threads).Select(_ => new PairTally(places))];
        _tiles = [.. Enumerable.Range(0, threads).Select(_ => new AlignedBuffer(PairTiles.Size * PairTiles.Size))];
        _work = Work;
    }

    /// <summary>Cosine of the angle within which tokens are near.</summary>
    public double NearCosine { get; }

    /// <summary>Who is near whom.</summary>
    public NeighbourGraph Graph { get; }

    /// <summary>[capacity] whether a token equals one of smaller index: neighbours are sought among different tokens.</summary>
    public bool[] Repeated { get; }

    /// <summary>Tokens of the last pass.</summary>
    public int Count { get; private set; }

    /// <summary>The nearest tokens of each.</summary>
    public NeighbourTable Neighbours => _tallies[0].Neighbours;

    /// <summary>Passes over all pairs.</summary>
    /// <param name="mean">[d] the mean of the unit tokens that is removed.</param>
    /// <param name="tokens">N, of which those in the panels may be a sample.</param>
    /// <returns>The law of the cosines, and once the mean is removed.</returns>
    public (PairLaw Plain, PairLaw Centred) Run(ReadOnlySpan<double> mean, int tokens)
    {
        Count = _panels.Count;
        Prepare(mean);
        Graph.Clear();
        foreach (PairTally tally in _tallies) tally.Clear(Repeated.AsSpan(0, Count));
        _next = 0;
        _team.Run(_work);
        PairTally first = _tallies[0];
        foreach (PairTally other in _tallies.AsSpan(1))
        {
            TensorPrimitives.Add<long>(first.Counts, other.Counts, first.Counts);
            TensorPrimitives.Add<long>(first.CentredCounts, other.CentredCounts, first.CentredCounts);
            first.Neighbours.Merge(other.Neighbours, Count);
        }
        return (PairLaw.Of(first.Counts, _sums, Count, tokens), PairLaw.Of(first.CentredCounts, _centredSums, Count, tokens));
    }

    /// <summary>Cosines of token i with tokens j, j + 1, … once the mean is removed; 0 for a token at the mean.</summary>
    public void Centre(int i, int j, ReadOnlySpan<double> cosines, Span<double> centred)
    {
        TensorPrimitives.Subtract(cosines, _along.AsSpan(j, cosines.Length), centred);
        TensorPrimitives.Add(centred, _square - _along[i], centred);
        TensorPrimitives.Multiply(centred, _scales.AsSpan(j, cosines.Length), centred);
        TensorPrimitives.Multiply(centred, _scales[i], centred);
    }

    private void Prepare(ReadOnlySpan<double> mean)
    {
        _mean = mean.ToArray();
        _square = TensorPrimitives.Dot(mean, mean);
        _next = 0;
        _team.Run(Measure);
        var places = new Dictionary<(double, double, double), List<int>>();
        int last = _panels.Dimension - 1;
        for (int i = 0; i < Count; i++)
        {
            (double, double, double) key = (_panels.Coordinate(i, 0), _panels.Coordinate(i, last / 2), _panels.Coordinate(i, last));
            if (!places.TryGetValue(key, out List<int>? alike)) places.Add(key, alike = []);
            Repeated[i] = alike.Exists(other => _panels.Distance(i, other) == 0);
            if (!Repeated[i]) alike.Add(i);
        }
    }

    // u·m and 1/|u − m| of each token.
    private void Measure(int member)
    {
        var token = new double[_panels.Dimension];
        for (int i; (i = Interlocked.Increment(ref _next) - 1) < Count;)
        {
            _panels.Get(i, token);
            _along[i] = TensorPrimitives.Dot<double>(token, _mean);
            double away = TensorPrimitives.Distance<double>(token, _mean);
            _scales[i] = away > 1e-12 ? 1 / away : 0;
        }
    }

    private void Work(int member)
    {
        double* tile = _tiles[member].Pointer;
        int tiles = PairTiles.Count(Count), width = PairLaw.Sums;
        for (int t; (t = Interlocked.Increment(ref _next) - 1) < tiles;)
        {
            (int row, int column) = PairTiles.Place(t);
            PairTiles.Fill(_panels, row, column, tile);
            _tallies[member].Count(this, row, column, tile, _sums.AsSpan(t * width, width), _centredSums.AsSpan(t * width, width));
        }
    }
}
