using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Fits β and a time to the change of all cosines between the tokens of each sequence from one layer to the next.</summary>
/// <remarks>
/// ΔG ≈ τ ½(Ġ_β[G] + Ġ_β[G']), the trapezoid rule, which needs no step of the flow and is right to τ²; for each β the best τ is linear. Cosines do
/// not see a rotation common to all tokens. β is searched on 0 and a geometric grid up to <see cref="LargestBeta"/>, then on finer ones. Sequences
/// do not see one another.
/// </remarks>
internal sealed class ContractionFit
{
    /// <summary>Largest β searched.</summary>
    public const double LargestBeta = 64;

    private const double SmallestBeta = 0.125, Ratio = 1.5;
    private const int Refinements = 3, Finer = 8;
    private const double Confidence = 4; // misfit within 1 + 4/n: about two standard errors

    private readonly CosineGroup[] _before;
    private readonly CosineGroup[] _after;
    private readonly bool _causal;
    private readonly WorkerTeam _team;
    private Normalization _normalization;
    private double[] _betas = [];
    private Point[] _points = [];
    private int _next;

    /// <summary>Prepares the comparison of two layers.</summary>
    /// <param name="before">The sequences in the layer before.</param>
    /// <param name="after">The same tokens one layer on.</param>
    /// <param name="causal">Whether tokens see earlier ones only.</param>
    /// <param name="threads">At least 1.</param>
    public ContractionFit(CosineGroup[] before, CosineGroup[] after, bool causal, int threads)
    {
        (_before, _after, _causal) = (before, after, causal);
        _team = WorkerTeam.Of(threads);
    }

    /// <summary>The flow of one kind that comes closest; null if no cosine changed or no sequence has three tokens.</summary>
    public EffectiveFlow? Fit(Normalization normalization)
    {
        _normalization = normalization;
        int tokens = _before.Sum(group => group.Count);
        var grid = new List<double> { 0 };
        for (double beta = SmallestBeta; beta < LargestBeta * 1.01; beta *= Ratio) grid.Add(beta);
        List<Point> points = [.. Evaluate([.. grid])];
        if (!(points[0].Change > 0) || _before.All(group => group.Count < 3)) return null;
        for (int round = 0; round < Refinements; round++)
        {
            int best = Best(points);
            double low = points[Math.Max(0, best - 1)].Beta, high = points[Math.Min(points.Count - 1, best + 1)].Beta;
            points.AddRange(Evaluate([.. Enumerable.Range(1, Finer).Select(i => low + (high - low) * i / (Finer + 1))]));
            points = [.. points.DistinctBy(point => point.Beta).OrderBy(point => point.Beta)];
        }
        return Describe(points, tokens);
    }

    private EffectiveFlow Describe(List<Point> points, int tokens)
    {
        int best = Best(points);
        Point least = points[best];
        double bound = least.Misfit * (1 + Confidence / tokens);
        double slowing = _normalization == Normalization.None ? Math.Exp(-least.Beta) : 1;
        return new EffectiveFlow(
            _normalization, least.Beta, Crossing(-1), Crossing(1), least.Time * slowing, 1 - least.Misfit / least.Change, tokens);

        double Crossing(int step)
        {
            for (int i = best; i + step >= 0 && i + step < points.Count; i += step)
            {
                if (points[i + step].Misfit <= bound) continue;
                double share = (bound - points[i].Misfit) / (points[i + step].Misfit - points[i].Misfit);
                return points[i].Beta + share * (points[i + step].Beta - points[i].Beta);
            }
            return step < 0 && points[0].Misfit <= bound ? 0 : double.NaN;
        }
    }

    private static int Best(List<Point> points)
    {
        int best = 0;
        for (int i = 1; i < points.Count; i++)
            if (points[i].Misfit < points[best].Misfit) best = i;
        return best;
    }

    private Point[] Evaluate(double[] betas)
    {
        (_betas, _points, _next) = (betas, new Point[betas.Length], 0);
        _team.Run(Work);
        return _points;
    }

    private void Work(int member)
    {
        int longest = _before.Max(group => group.Scratch), stride = _before.Max(group => group.Stride), most = _before.Max(group => group.Count);
        AlignedBuffer weights = new(longest), first = new(stride * stride), second = new(stride * stride);
        double[] firstAlong = new double[most], secondAlong = new double[most];
        for (int b; (b = Interlocked.Increment(ref _next) - 1) < _betas.Length;)
        {
            double squares = 0, products = 0, changes = 0;
            for (int g = 0; g < _before.Length; g++)
            {
                CosineGroup before = _before[g], after = _after[g];
                before.Rates(_normalization, _betas[b], _causal, weights, first, firstAlong);
                after.Rates(_normalization, _betas[b], _causal, weights, second, secondAlong);
                for (int i = 0; i < before.Count; i++)
                {
                    for (int j = 0; j < i; j++)
                    {
                        double g0 = before[i, j], g1 = after[i, j], change = g1 - g0;
                        double rate = 0.5 * (Rate(first.Span, before.Stride, firstAlong, i, j, g0) + Rate(second.Span, after.Stride, secondAlong, i, j, g1));
                        (squares, products, changes) = (squares + rate * rate, products + rate * change, changes + change * change);
                    }
                }
            }
            double time = squares > 0 ? products / squares : 0;
            _points[b] = new Point(_betas[b], time, changes - time * products, changes);
        }
    }

    private static double Rate(ReadOnlySpan<double> products, int stride, double[] along, int i, int j, double cosine) =>
        products[i * stride + j] + products[j * stride + i] - (along[i] + along[j]) * cosine;

    private readonly record struct Point(double Beta, double Time, double Misfit, double Change);
}
