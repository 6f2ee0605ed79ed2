using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver.Tokens;

/// <summary>The last decades before a Dirac, and layer normalization (THEORY 4.2, 6.10; V23, V24, V45).</summary>
public class ContractionTests
{
    private const Normalization Softmax = Normalization.Softmax, None = Normalization.None;

    /// <summary>V23: the variance of a cap decays at 2e^β (USA) and 2 (SA), followed over sixteen decades.</summary>
    [Theory]
    [InlineData(None, 2, 0.5)]
    [InlineData(Softmax, 2, 3.0)]
    [InlineData(None, 3, 2.0)]
    [InlineData(Softmax, 3, 9.0)]
    [InlineData(Softmax, 8, 1.0)]
    public void Caps_contract_at_the_dirac_rate(Normalization normalization, int d, double beta)
    {
        double rate = normalization == None ? 2 * Math.Exp(beta) : 2;
        double[] tokens = TokenSample.Uniform(d, 50, 6).Positions.ToArray();
        for (int i = 0; i < tokens.Length; i++) tokens[i] = 0.1 * tokens[i] + (i % d == 0 ? 1 : 0);
        TokenRun run = TokenRun.Of(TokenRun.Model(normalization, beta, d), tokens, TokenRun.Settings(1e-9, TokenRun.Times(0.5 / rate * Math.Log(10), 40)));
        foreach ((double most, double least, double tolerance) in ((double, double, double)[])[(1e-4, 1e-14, 1e-3), (1e-14, 1e-19, 1e-3)])
        {
            Snapshot[] range = [.. run.Snapshots.Where(s => s.Observables.Variance < most && s.Observables.Variance > least)];
            Assert.True(range.Length > 8);
            double slope = TokenRun.Slope([.. range.Select(s => s.Time)], [.. range.Select(s => Math.Log(s.Observables.Variance))]);
            Assert.Equal(-1, slope / rate, tolerance);
        }
        Assert.True(run.Snapshots[^1].Observables.Variance < 1e-20);
    }

    /// <summary>
    /// V24: a density that does not vanish at the antipode empties its tail at (d−1)e^{−β} (USA), d − 1 (SA). Nodes: colatitudes graded towards the
    /// antipode, φ = πe^{−jδ}, with the masses of the density 1 + 0.9 cos, on a few meridians.
    /// </summary>
    [Theory]
    [InlineData(2, None, 0.3, 0.740818)]
    [InlineData(2, None, 0.6, 0.548812)]
    [InlineData(2, Softmax, 1.0, 1.0)]
    [InlineData(3, None, 0.6, 1.097623)]
    [InlineData(3, None, 0.9, 0.813139)]
    public void Tails_empty_at_their_rate(int d, Normalization normalization, double beta, double rate)
    {
        const double Grading = 0.1;
        const int Meridians = 4;
        int rings = d == 2 ? 170 : 120;
        var tokens = new List<double>();
        var weights = new List<double>();
        for (int j = 0; j < rings; j++)
        {
            double angle = Math.PI * Math.Exp(-(j + 0.5) * Grading), height = -Math.Cos(angle), radius = Math.Sin(angle);
            double mass = angle * (1 + 0.9 * height) * (d == 3 ? radius : 1);
            for (int m = 0; m < (d == 2 ? 2 : Meridians); m++)
            {
                double turn = 2 * Math.PI * m / Meridians;
                tokens.AddRange(d == 2 ? [height, m == 0 ? radius : -radius] : [height, radius * Math.Cos(turn), radius * Math.Sin(turn)]);
                weights.Add(mass);
            }
        }
        double total = weights.Sum();
        TokenModel model = TokenRun.Model(normalization, beta, d) with { Weights = [.. weights.Select(w => w / total)] };
        TokenRun run = TokenRun.Of(model, [.. tokens], TokenRun.Settings(1e-6, TokenRun.Times(0.25 / rate, 72)) with { RecordedTokens = 1 });
        Snapshot[] range = [.. run.Snapshots.Where(s => s.Observables.Variance is < 2e-4 and > 2e-7)];
        Assert.True(range.Length > 10);
        double slope = TokenRun.Slope([.. range.Select(s => s.Time)], [.. range.Select(s => Math.Log(s.Observables.Variance))]);
        Assert.Equal(-1, slope / rate, 0.01);
    }

    /// <summary>V26: even data on the circle, mass 0.6 about 0 and 0.4 about π, keep two clusters (|m| → 0.2) at β = 3 and become one at β = 0.1, where (1 − a)e^{2β} is below a.</summary>
    [Theory]
    [InlineData(3.0, 0.2)]
    [InlineData(0.1, 1.0)]
    public void Even_data_keep_two_clusters_at_large_beta(double beta, double order)
    {
        double[] angles = [0.1, 0.3, 0.5, Math.PI - 0.1, Math.PI - 0.3, Math.PI - 0.5];
        double[] tokens = [.. angles.SelectMany(angle => (double[])[Math.Cos(angle), Math.Sin(angle), Math.Cos(angle), -Math.Sin(angle)])];
        double[] weights = [.. angles.SelectMany(angle => Enumerable.Repeat(angle < 1 ? 0.1 : 0.2 / 3, 2))];
        TokenRun run = TokenRun.Of(TokenRun.Model(None, beta, 2) with { Weights = weights }, tokens, TokenRun.Settings(1e-10, 0, beta > 1 ? 25 : 80));
        Assert.Equal(order, run.Snapshots[^1].Observables.OrderParameter, 1e-3);
    }

    /// <summary>V45: equiangular tokens, n = 8, β = 1; the variance decays as THEORY 6.10 says.</summary>
    [Theory]
    [InlineData(NormPlacement.Post)]
    [InlineData(NormPlacement.Pre)]
    [InlineData(NormPlacement.Mix)]
    [InlineData(NormPlacement.Peri)]
    [InlineData(NormPlacement.Ngpt)]
    [InlineData(NormPlacement.Cod)]
    public void Layer_normalization_sets_the_pace(NormPlacement placement)
    {
        const int N = 8;
        var tokens = new double[N * N];
        for (int i = 0; i < tokens.Length; i++) tokens[i] = (i % N == i / N ? 1 : 0) + 0.1;
        var norm = new NormSettings(placement, SwitchTime: 1.5, Rate: 0.5);
        bool power = norm.HasSizes;
        double[] times = power ? [0, .. TokenRun.Times(0.25, 12).Select(k => 500 * Math.Exp(k))] : TokenRun.Times(0.5, 24);
        TokenRun run = TokenRun.Of(TokenRun.Model(Softmax, 1, N), tokens, TokenRun.Settings(1e-10, times) with { Norm = norm });
        Assert.Equal(OutcomeKind.Completed, run.Outcome.Kind);
        IEnumerable<Snapshot> late = run.Snapshots.Where(s => power ? s.Time > 0 : s.Time > 4);
        double slope = TokenRun.Slope([.. late.Select(s => Clock(s.Time))], [.. late.Select(s => Math.Log(s.Observables.Variance))]);
        Assert.Equal(placement == NormPlacement.Ngpt ? -1 : -2, slope, 0.01);

        double Clock(double t) => placement switch
        {
            NormPlacement.Cod => 2 * Math.Sqrt(t + 1),
            NormPlacement.Post or NormPlacement.Ngpt => t,
            _ => Math.Log(t),
        };
    }
}
