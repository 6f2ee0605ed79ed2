using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Measures layers of hidden states, one after another, tokens coming in order a few at a time.</summary>
/// <remarks>
/// Norms, means, displacements are of all N tokens; pairs, neighbours, clusters and ranks of the tokens held (<see cref="LayerSettings.HeldTokens"/>), the same in every
/// layer. Results have the same bits for any number of threads.
/// </remarks>
public sealed class LayerProbe
{
    private const int FitTokens = 256, FitSequences = 4;

    private readonly LayerSettings _settings;
    private readonly int[] _starts;
    private readonly int[] _places; // of each token among those held; −1
    private readonly int _threads;
    private readonly TokenPanels _panels;
    private readonly PairSweep _sweep;
    private readonly LanczosBlock _lanczos;
    private readonly FitSample _fit;
    private readonly LayerMeans _means;
    private CosineGroup[] _before = [];
    private int _layer;

    /// <summary>Makes room: <see cref="LayerSettings.Bytes"/>.</summary>
    public LayerProbe(LayerSettings settings)
    {
        _settings = settings;
        _threads = settings.Threads > 0 ? settings.Threads : ThreadCount.ForPoints();
        _starts = new int[settings.Sequences.Count + 1];
        for (int s = 0; s < settings.Sequences.Count; s++) _starts[s + 1] = _starts[s] + settings.Sequences[s];
        int tokens = settings.Tokens, held = settings.HeldTokens;
        _places = Places(tokens, held, settings.Seed);
        _panels = new TokenPanels(settings.Dimension, held);
        _sweep = new PairSweep(_panels, held, settings.Rule.Angle, _threads);
        _lanczos = new LanczosBlock(_panels, _threads);
        _fit = new FitSample(settings, _starts, FitTokens, FitSequences);
        _means = new LayerMeans(settings.Dimension, _starts, _threads);
    }


    /// <summary>Starts a layer.</summary>
    public void Begin()
    {
        _panels.Clear(_settings.HeldTokens);
        _fit.Clear();
        _means.Clear(_layer > 0);
    }

    /// <summary>Adds tokens that follow those added before.</summary>
    /// <param name="rows">[n·d] tokens as they are, finite.</param>
    /// <param name="before">The same tokens one layer before; empty in the first layer.</param>
    /// <exception cref="DegenerateTokenException">A token without a direction.</exception>
    public void Add(ReadOnlySpan<double> rows, ReadOnlySpan<double> before)
    {
        int first = _means.Count, d = _settings.Dimension;
        _means.Add(rows, before);
        for (int i = 0; i * d < rows.Length; i++)
        {
            ReadOnlySpan<double> unit = _means.Units.Slice(i * d, d);
            double norm = _means.Norms[first + i];
            if (_places[first + i] >= 0) _panels.Set(_places[first + i], unit, norm);
            _fit.Set(first + i, unit, norm);
        }
    }

    /// <summary>Measures the layer.</summary>
    /// <exception cref="InvalidOperationException">Tokens are missing.</exception>
    public LayerMeasures Finish()
    {
        int tokens = _settings.Tokens, held = _settings.HeldTokens;
        if (_means.Count != tokens) throw new InvalidOperationException($"{_means.Count} of {tokens} tokens were added");
        (double[] rawMean, double[] unitMean) = (_means.RawMean(), _means.UnitMean());
        double square = TensorPrimitives.Dot<double>(unitMean, unitMean), variance = 1 - square;
        (PairLaw pairs, PairLaw centred) = _sweep.Run(unitMean, tokens);
        (double[] heldRaw, double[] heldUnit) = held == tokens ? (rawMean, unitMean) : LayerMeans.Of(_panels);
        _lanczos.Run(heldRaw, heldUnit, _settings.Seed);
        bool exact = Math.Min(held, _settings.Dimension) <= EffectiveRank.LargestExact;
        double heldSquare = TensorPrimitives.Dot<double>(heldUnit, heldUnit);
        (double[][] directions, double[] shares) = LeadingDirections.Of(_lanczos, held * (1 - heldSquare));
        CosineGroup[] now = _fit.Groups();
        var measures = new LayerMeasures
        {
            Tokens = tokens,
            HeldTokens = held,
            Norms = _means.NormSummary(),
            TokenVariance = variance,
            OrderParameter = Math.Sqrt(square),
            MeanCosine = LayerMeans.MeanCosine(square * tokens * tokens, tokens),
            MeanCosineWithin = _means.MeanCosineWithin(),
            Sequences = _means.Sequences(),
            Pairs = pairs,
            CentredPairs = centred,
            Ranks = exact
                ? SingularSpectra.Ranks(_panels, heldRaw, heldUnit, _threads)
                : SpectrumEstimate.Ranks(
                    _lanczos, _settings.Dimension, (TensorPrimitives.SumOfSquares(_panels.Norms), held * TensorPrimitives.Dot<double>(heldRaw, heldRaw)), (held, held * heldSquare)),
            Census = LayerCensus.Take(_panels, _sweep.Graph, _settings.Rule),
            IntrinsicDimension = IntrinsicDimension.Of(_panels, _sweep.Neighbours),
            Neighbours = Nearest(held),
            Harmonics = PrincipalHarmonics.Of(_panels, heldUnit, directions, shares),
            Displacement = _layer > 0 ? _means.Displacement() : null,
            Flows = _layer > 0 ? Flows(now) : [],
        };
        (_before, _layer) = (now, _layer + 1);
        return measures;
    }

    private List<EffectiveFlow> Flows(CosineGroup[] now)
    {
        if (now.Length == 0) return [];
        var fit = new ContractionFit(_before, now, _settings.Causal, _threads);
        return [.. ((Normalization[])[Normalization.Softmax, Normalization.None]).Select(fit.Fit).OfType<EffectiveFlow>()];
    }

    private int[] Nearest(int held)
    {
        var nearest = new int[held * NeighbourTable.Kept];
        Array.Fill(nearest, -1);
        for (int i = 0; i < held; i++) _sweep.Neighbours.Of(i).CopyTo(nearest.AsSpan(i * NeighbourTable.Kept));
        return nearest;
    }

    // All tokens in their order, or a sample in random order, so that groups of the jackknife are random groups.
    private static int[] Places(int tokens, int held, ulong seed)
    {
        int[] places = [.. Enumerable.Range(0, tokens)];
        if (held == tokens) return places;
        var random = new RandomNumbers(seed);
        for (int i = tokens - 1; i > 0; i--) // Fisher and Yates
        {
            int j = (int)(random.NextUniform() * (i + 1));
            (places[i], places[j]) = (places[j], places[i]);
        }
        return Array.ConvertAll(places, place => place < held ? place : -1);
    }
}
