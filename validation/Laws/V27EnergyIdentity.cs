using MathNet.Numerics.LinearAlgebra;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The energy identity (THEORY 1.3).</summary>
public sealed class V27EnergyIdentity : Law
{
    private const int Tokens = 12;
    private const double Beta = 1.2, Middle = 0.3, Least = 1e-4;
    private const string Wrong = "tokens, Q = K = V";

    private static readonly double[] Steps = [0.005, 0.01, 0.02, 0.04];
    private static readonly Normalization[] Both = [Normalization.None, Normalization.Softmax];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V27", "Energy identity")
    {
        Statement = "E = (1/2β)∬e^{β⟨x,Ay⟩}dμdμ with QᵀK = V = A symmetric: dE/dt = ∫|v|²dμ without normalization, ∫Z|v|²dμ with softmax. It is QᵀK = V that is needed, not Q = K = V.",
        Source = "arXiv:2312.10794v5 (dissipation); arXiv:2512.01868; THEORY 1.3, c10",
        Status = ClaimStatus.AsPrinted,
        Tag = "text, c10",
        Hypotheses = ["no noise", "QᵀK = V symmetric"],
        Method = "(E(t+h) − E(t−h))/2h over ∫|v|²dμ, ∫Z|v|²dμ at t = 0.3, both as the solvers state them: 12 random tokens with random symmetric A = QᵀK = V, Q = 1 + random, d = 3, 5; densities from random coefficients, d = 2, 3, 4, with A = 1; β = 1.2, tolerance 1e-12; h = 1e-4 and 0.005 … 0.04. As a control Q = K = V = diag(1.5, 1.8, 2).",
        Tolerance = "1e-6 at h = 1e-4, as theory asks; order 2 ± 0.1 in h. The control is to miss 1 by more than 0.1.",
        Case = """
            dimension: 3
            attention: {normalization: softmax, beta: 1.2}
            initial: {tokens: {count: 12, seed: 1}}
            method: {scheme: particles, tolerance: 1.0e-12}
            time: {until: 0.34, every: 0.005}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction().AtLeast(Wrong, 1.1);
        foreach (Normalization normalization in Both)
        {
            foreach (string name in new[] { "tokens, d = 3", "tokens, d = 5", "density, d = 2", "density, d = 3", "density, d = 4" })
                prediction.Absolute(Ratio(name, normalization), 1, 1e-6).Approaches(Ratio(name, normalization), _ => 1, 2, 0.1);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] offsets = [-0.04, -0.02, -0.01, -0.005, -Least, 0, Least, 0.005, 0.01, 0.02, 0.04], times = [0, .. offsets.Select(offset => Middle + offset)];
        var measurement = new Measurement();
        int stream = 0;
        foreach (Normalization normalization in Both)
        {
            foreach (int d in new[] { 3, 5 })
            {
                TokenModel model = Form(normalization, d, trial.Random(stream++));
                Compare($"tokens, d = {d}", normalization, TokenRecord.Of(trial, model, TokenSample.Uniform(d, Tokens, trial.Seed(stream++)), TokenRecord.Settings(1e-12, 1, times)).Snapshots);
            }
            foreach (int d in new[] { 2, 3, 4 })
            {
                RandomNumbers random = trial.Random(stream++);
                var basis = new HarmonicBasis(d, 3);
                double[] start = [.. Enumerable.Range(0, basis.Count).Select(i => i == 0 ? 1 : 0.05 * (1 + random.NextUniform()))];
                DensityRecord run = DensityRecord.Of(trial, new Attention(normalization, Beta), basis, start, new DensitySettings { Tolerance = 1e-12, OutputTimes = times }).MustComplete(measurement);
                Compare($"density, d = {d}", normalization, run.Snapshots);
            }
        }
        double[] matrix = [1.5, 0, 0, 0, 1.8, 0, 0, 0, 2];
        var wrong = new TokenModel(new Attention(Normalization.None, Beta), 3) { Query = matrix, Key = matrix, Value = matrix };
        Snapshot[] control = [.. TokenRecord.Of(trial, wrong, TokenSample.Uniform(3, Tokens, trial.Seed(stream)), TokenRecord.Settings(1e-12, 1, times)).Snapshots];
        return measurement.Figure(Wrong, Quotient(control, Least));

        void Compare(string name, Normalization normalization, IReadOnlyList<Snapshot> snapshots) => measurement.Figure(Ratio(name, normalization), Quotient(snapshots, Least))
            .Curve(new Curve(Ratio(name, normalization), "h", Steps, [.. Steps.Select(h => Quotient(snapshots, h))]) { LogX = true });
    }

    private static double Quotient(IReadOnlyList<Snapshot> snapshots, double h)
    {
        Snapshot before = At(Middle - h), after = At(Middle + h);
        return (after.Observables.Energy - before.Observables.Energy) / (after.Time - before.Time) / At(Middle).Observables.Dissipation;

        Snapshot At(double time) => snapshots.MinBy(snapshot => Math.Abs(snapshot.Time - time))!;
    }

    private static TokenModel Form(Normalization normalization, int d, RandomNumbers random)
    {
        Matrix<double> Draw() => Matrix<double>.Build.Dense(d, d, (_, _) => random.NextNormals().First / Math.Sqrt(d));
        Matrix<double> a = Draw(), query = Matrix<double>.Build.DenseIdentity(d) + 0.3 * Draw();
        a = 0.5 * (a + a.Transpose());
        Matrix<double> key = query.Transpose().Inverse() * a;
        return new TokenModel(new Attention(normalization, Beta), d) { Query = query.ToRowMajorArray(), Key = key.ToRowMajorArray(), Value = a.ToRowMajorArray() };
    }

    private static string Ratio(string name, Normalization normalization) => $"dE/dt over dissipation, {name}, {(normalization == Normalization.Softmax ? "softmax" : "unnormalized")}";
}
