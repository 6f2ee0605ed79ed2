using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver.Tokens;

/// <summary>The particle flow against closed forms, an independent solver and its invariants (THEORY 1, 6.1, 6.12; V22, V27, V29, V30, V47).</summary>
public class TokenFlowTests
{
    private const Normalization Softmax = Normalization.Softmax, None = Normalization.None;

    /// <summary>tests/references/make_tokens_reference.py: d = 5, general matrices, SciPy.</summary>
    [Fact]
    public void General_matrices_agree_with_an_independent_solver()
    {
        const int D = 5;
        double[][] tables = [.. ReferenceTable.Read("tokens.csv").GroupBy(row => row[0]).Select(group => group.Select(row => row[3]).ToArray())];
        TokenModel model = TokenRun.Model(Softmax, 1.7, D) with { Query = tables[2], Key = tables[3], Value = tables[4] };
        TokenRun run = TokenRun.Of(model, tables[0], TokenRun.Settings(1e-12, 0, 2));
        Assert.True(TokenClouds.Distance(tables[1], run.Snapshots[^1].Positions) < 1e-10, $"{TokenClouds.Distance(tables[1], run.Snapshots[^1].Positions)}");
        run = TokenRun.Of(model, tables[0], TokenRun.Settings(1e-8, 0, 2));
        Assert.True(TokenClouds.Distance(tables[1], run.Snapshots[^1].Positions) < 1e-6);
    }

    /// <summary>V29: equal cosines stay equal and obey their own equation.</summary>
    [Theory]
    [InlineData(Softmax, 4, 1.0)]
    [InlineData(Softmax, 6, 3.0)]
    [InlineData(None, 4, 1.0)]
    [InlineData(None, 6, -1.5)]
    public void Orthonormal_tokens_follow_the_equiangular_equation(Normalization normalization, int n, double beta)
    {
        const double Time = 1.2;
        TokenRun run = TokenRun.Of(TokenRun.Model(normalization, beta, n), Orthonormal(n), TokenRun.Settings(1e-12, 0, Time));
        double expected = 0;
        const int Steps = 4000;
        for (int i = 0; i < Steps; i++)
        {
            double h = Time / Steps, k1 = Rate(expected), k2 = Rate(expected + 0.5 * h * k1), k3 = Rate(expected + 0.5 * h * k2), k4 = Rate(expected + h * k3);
            expected += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++) Assert.Equal(expected, TokenRun.Cosine(run.Snapshots[^1], n, i, j), 1e-10);
            Assert.Equal(1, TokenRun.Cosine(run.Snapshots[^1], n, i, i), 1e-15);
        }

        double Rate(double r) => normalization == Softmax
            ? 2 * Math.Exp(beta * r) * (1 - r) * ((n - 1) * r + 1) / (Math.Exp(beta) + (n - 1) * Math.Exp(beta * r))
            : 2.0 / n * Math.Exp(beta * r) * (1 - r) * ((n - 1) * r + 1);
    }

    /// <summary>V30: fixed steps at β = 0 from orthonormal tokens, ρ = (e^{2t} − 1)/(e^{2t} + n − 1).</summary>
    [Fact]
    public void Steps_have_order_eight()
    {
        const int N = 5;
        const double Time = 2;
        double exact = (Math.Exp(2 * Time) - 1) / (Math.Exp(2 * Time) + N - 1);
        double[] errors = [.. new[] { 5, 10 }.Select(steps =>
        {
            var dynamics = new TokenDynamics(new MeanForce(TokenRun.Model(None, 0, N), N), new NormSettings());
            var stepper = new TokenStepper(dynamics, 0, dynamics.Start(Orthonormal(N)), 1e-8);
            for (int i = 0; i < steps; i++)
            {
                stepper.TryStep(i * Time / steps, Time / steps);
                stepper.Accept();
            }
            double[] x = TokenClouds.Token(stepper.State, N, 0), y = TokenClouds.Token(stepper.State, N, 1);
            return Math.Abs(TokenClouds.Dot(x, y) - exact);
        })];
        Assert.InRange(Math.Log2(errors[0] / errors[1]), 7.2, 9);
        Assert.True(errors[1] > 2e-14, "too close to rounding to measure an order");
    }

    /// <summary>V27: dE/dt by differences against ∫|v|² (USA) and ∫Z|v|² (SA), any d.</summary>
    [Theory]
    [InlineData(Softmax, 3, 2.0)]
    [InlineData(None, 3, 2.0)]
    [InlineData(Softmax, 7, -1.0)]
    [InlineData(None, 2, 0.0)]
    public void Energy_grows_by_its_dissipation(Normalization normalization, int d, double beta)
    {
        const double Step = 1e-4;
        TokenModel model = TokenRun.Model(normalization, beta, d) with { Weights = TokenClouds.Weights(30, 4) };
        double[] tokens = TokenSample.Uniform(d, 30, 3).Positions.ToArray();
        TokenRun run = TokenRun.Of(model, tokens, TokenRun.Settings(1e-13, 0, 1 - Step, 1, 1 + Step));
        Observables[] at = [.. run.Snapshots.Select(s => s.Observables)];
        Assert.Equal(1, (at[3].Energy - at[1].Energy) / (2 * Step) / at[2].Dissipation, 1e-6);
        Assert.Empty(run.Outcome.Warnings);
        if (beta == 0) Assert.Equal(at[2].OrderParameter * at[2].OrderParameter / 2, at[2].Energy, 1e-15);
    }

    /// <summary>V47: later tokens follow the first; 1 − ⟨x_2,x_1⟩ ~ e^{−t} for softmax.</summary>
    [Fact]
    public void Causal_tokens_follow_their_leader()
    {
        double[] tokens = TokenSample.Uniform(3, 6, 12).Positions.ToArray();
        for (int i = 0; i < 6; i++) tokens[3 * i + 2] = Math.Abs(tokens[3 * i + 2]) + 0.2; // a hemisphere
        TokenModel model = TokenRun.Model(Softmax, 1, 3) with { Causal = true };
        TokenRun run = TokenRun.Of(model, tokens, TokenRun.Settings(1e-10, TokenRun.Times(1, 60)));
        Assert.True(TokenClouds.Distance(run.Snapshots[0].Positions.AsSpan(0, 3), run.Snapshots[^1].Positions.AsSpan(0, 3)) < 1e-14);
        double[] times = [.. run.Snapshots.Skip(8).Take(15).Select(s => s.Time)];
        double[] gaps = [.. run.Snapshots.Skip(8).Take(15).Select(s => 2 * Math.Log(Gap(s, 1)))];
        Assert.Equal(-1, TokenRun.Slope(times, gaps), 0.01);
        for (int k = 1; k < 6; k++) Assert.True(Gap(run.Snapshots[^1], k) < 1e-6);

        static double Gap(Snapshot s, int k) => Math.Sqrt(Enumerable.Range(0, 3).Sum(c => Math.Pow(s.Positions![3 * k + c] - s.Positions[c], 2)));
    }

    /// <summary>V22: iid tokens of the hyperbolic-Poisson law at β = 0; the closed form holds up to the sampling error.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Hyperbolic_poisson_tokens_follow_the_closed_form(int d)
    {
        const int N = 40_000;
        const double Start = 0.3;
        double[] tokens = TokenSample.Uniform(d, N, 77).Positions.ToArray();
        for (int i = 0; i < N; i++) // x = ((2 + 2u·w)w + (1 − |w|²)u)/(1 + 2u·w + |w|²), w = r e_d (THEORY 4.3)
        {
            Span<double> u = tokens.AsSpan(i * d, d);
            double along = Start * u[^1], scale = 1 / (1 + 2 * along + Start * Start);
            for (int k = 0; k < d; k++) u[k] = ((1 - Start * Start) * u[k] + (k == d - 1 ? (2 + 2 * along) * Start : 0)) * scale;
        }
        TokenRun run = TokenRun.Of(TokenRun.Model(None, 0, d), tokens, TokenRun.Settings(1e-9, 0, 1, 2) with { RecordedTokens = 1 });
        double r = Start;
        foreach (Snapshot s in run.Snapshots)
        {
            if (s.Time > 0)
            {
                for (int i = 0; i < 200; i++)
                {
                    const double H = 1.0 / 200;
                    double k1 = Rate(r), k2 = Rate(r + 0.5 * H * k1), k3 = Rate(r + 0.5 * H * k2), k4 = Rate(r + H * k3);
                    r += H / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
                }
            }
            Assert.Equal(HyperbolicPoisson.Moment(d, 1, r), s.Observables.OrderParameter, 3 / Math.Sqrt(N));
            if (d > 3) Assert.Equal(Math.Sqrt(Multiplicity.Of(d, 2)) * HyperbolicPoisson.Moment(d, 2, r), s.Coefficients[2], 12 / Math.Sqrt(N));
        }

        double Rate(double x) => 0.5 * (1 - x * x) * HyperbolicPoisson.Moment(d, 1, x);
    }

    [Fact]
    public void Rotated_tokens_stay_rotated()
    {
        double[,] q = RandomStates.Rotation(5);
        double[] tokens = TokenSample.Uniform(3, 40, 9).Positions.ToArray();
        TokenSettings settings = TokenRun.Settings(1e-10, 0, 1.5);
        TokenRun plain = TokenRun.Of(TokenRun.Model(Softmax, 4, 3), tokens, settings), rotated = TokenRun.Of(TokenRun.Model(Softmax, 4, 3), Rotate(tokens), settings);
        Assert.True(TokenClouds.Distance(Rotate(plain.Snapshots[^1].Positions!), rotated.Snapshots[^1].Positions) < 1e-12);
        Assert.Equal(plain.Outcome.Steps, rotated.Outcome.Steps);

        double[] Rotate(double[] x) => [.. Enumerable.Range(0, x.Length).Select(at => Enumerable.Range(0, 3).Sum(k => q[at % 3, k] * x[at / 3 * 3 + k]))];
    }

    private static double[] Orthonormal(int n)
    {
        var tokens = new double[n * n];
        for (int i = 0; i < n; i++) tokens[i * n + i] = 1;
        return tokens;
    }
}
