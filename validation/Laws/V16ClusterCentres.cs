using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Where the clusters of the published experiment form (THEORY 3.5, 3.7).</summary>
public sealed class V16ClusterCentres : Law
{
    private const int Degree = 3, Count = 20_000, Quiet = 6000;
    private const double Until = 0.6, Size = 0.01;
    private const string Fewest = "fewest clusters", Most = "most clusters", Lightest = "lightest cluster", Heaviest = "heaviest cluster", Worst = "worst centre, tokens";
    private const string Pure = "worst centre, mode 3 alone", Mixed = "worst centre against the admixture";

    private static readonly Attention Model = new(Normalization.None, 5);

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V16", "Centres of the clusters")
    {
        Statement = "β = 5 on the circle without normalization: the tokens form q = 3 clusters whose centres are fixed by the phase at the start, (2πm − arg c_3(0))/3. Other growing modes of relative size s move them by O(s).",
        Source = "official code of arXiv:2410.23228 (`delta_3`); THEORY 3.5, 3.7, c21",
        Status = ClaimStatus.AsPrinted,
        Tag = "text (code), c21",
        Hypotheses = ["N = 20,000 uniform tokens, as published", "at the start |c_3| is at least twice |c_2|, |c_4| and |c_5|, the other modes that grow as fast: mode selection is weak, N^−0.06, and without that the clusters need not be three"],
        Method = "Tokens, harmonic forces, t = 0.6, the first 3 (quick), 10, 40 draws that meet the hypothesis; clusters by the census, those lighter than 0.5 % left out. Then 6,000 tokens at the quantiles of mode 3 of |c_3| = 0.01 with modes 2 and 4 of size s|c_3|, s = 0, 0.025 … 0.2. A centre is measured as the angle to the nearest one that the law names.",
        Tolerance = "Three clusters of masses 0.2 to 0.45 and centres within 0.3 rad (theory's four runs, not selected: 0.25 to 0.42 and 0.05 to 0.3). Mode 3 alone: 1e-3 rad: a token at the border of two clusters weighs 1/2000 of one, at up to 0.13 rad from its centre. Exponent in s: 1 ± 0.1.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {tokens: {count: 20000, seed: 12345}}
            method: {scheme: particles}
            time: {until: 0.6, every: 0.02}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .Absolute(Fewest, Degree, 0).Absolute(Most, Degree, 0)
        .AtLeast(Lightest, 0.2).AtMost(Heaviest, 0.45).AtMost(Worst, 0.3)
        .AtMost(Pure, 1e-3).Approaches(Mixed, _ => 0, 1, 0.1);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        var counts = new List<double>();
        var masses = new List<double>();
        var errors = new List<double>();
        for (int draw = 0; counts.Count < trial.At(3, 10, 40); draw++)
        {
            TokenSample tokens = TokenSample.Uniform(2, Count, trial.Seed(draw));
            if (!Leads(tokens.Moments(5))) continue;
            IReadOnlyList<Cluster> clusters = Clusters(trial, tokens);
            counts.Add(clusters.Count);
            masses.AddRange(clusters.Select(cluster => cluster.Mass));
            errors.Add(Error(tokens, clusters));
        }
        double[] admixtures = [0.025, 0.05, 0.1, 0.2];
        return measurement.Figure(Fewest, counts.Min()).Figure(Most, counts.Max()).Figure(Lightest, masses.Min()).Figure(Heaviest, masses.Max()).Figure(Worst, errors.Max())
            .Figure(Pure, Admixed(trial, 0))
            .Curve(new Curve(Mixed, "s", admixtures, [.. admixtures.Select(s => Admixed(trial, s))]) { LogX = true, LogY = true });
    }

    private static bool Leads(double[] moments)
    {
        var basis = new HarmonicBasis(2, 5);
        return new[] { 2, 4, 5 }.All(degree => DegreeAmplitudes.Of(basis, moments, Degree) >= 2 * DegreeAmplitudes.Of(basis, moments, degree));
    }

    private static double Admixed(Trial trial, double share)
    {
        TokenSample tokens = CircleTokens.Quantiles(Quiet, (Degree, Size, 0.4), (2, share * Size, 1.1), (4, share * Size, -0.7));
        return Error(tokens, Clusters(trial, tokens));
    }

    private static IReadOnlyList<Cluster> Clusters(Trial trial, TokenSample tokens)
    {
        TokenRecord run = TokenRecord.Of(trial, new TokenModel(Model, 2), tokens, TokenRecord.Settings(1e-6, Degree, 0, Until));
        var end = new TokenSample(2, run.Snapshots[^1].Positions!);
        return ClusterCensus.Take(new Cloud(2, end.ByCoordinate()), ClusterRule.For(Model)).Clusters;
    }

    /// <summary>Largest distance of a centre from the nearest (2πm − arg c_3)/3.</summary>
    private static double Error(TokenSample start, IReadOnlyList<Cluster> clusters)
    {
        double[] moments = start.Moments(Degree);
        var basis = new HarmonicBasis(2, Degree);
        double phase = Math.Atan2(-moments[basis.IndexOf(Degree, -1)], moments[basis.IndexOf(Degree, 1)]);
        return clusters.Max(cluster => Math.Abs(Math.IEEERemainder(Degree * Math.Atan2(cluster.Centre[1], cluster.Centre[0]) + phase, 2 * Math.PI)) / Degree);
    }
}
