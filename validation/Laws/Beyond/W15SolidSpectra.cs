using MathNet.Numerics.LinearAlgebra;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Spectra of the tetrahedron and the octahedron of clusters, and the rates at which they break.</summary>
public sealed class W15SolidSpectra : Law
{
    private const double Increment = 1e-5;

    private static readonly double[] Betas = [0.5, 3, 6];
    private static readonly string[] Solids = ["tetrahedron", "octahedron"];
    private static readonly Normalization[] Models = [Normalization.None, Normalization.Softmax];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W15", "Spectra of solids of clusters")
    {
        Statement = "Equal clusters at the corners of a solid are stationary, and displacements of whole clusters grow, unnormalized, at: tetrahedron (2β/3)e^{−β/3} (twice), (2/3)(1 + 2β/3)e^{−β/3} (three times), 0 (rotations); octahedron 2β/3, (1+β+e^{−β})/3, (β−1+e^{−β})/3, 0 (three times each). So every one is unstable for β > 0, and the fastest way to break changes at β = 3 for the tetrahedron. A token within a cluster contracts to it at s = mean of e^{βc}(c − ½β(1−c²)) over the corners: (e^β − (1+4β/3)e^{−β/3})/4 and (e^β − 2β − e^{−β})/6. Softmax divides all by Z, the mean of e^{βc}.",
        Source = "derived here (the polygon of THEORY 3.6 carried to the sphere): irreducible representations of T_d and O_h",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 3, no noise", "equal masses"],
        Method = "Central differences, step 1e-5, of the token solver's direct forces at the corners, β = 0.5, 3, 6: all eigenvalues of the Jacobian; a massless token beside a corner for s. Token solver at tolerance 1e-12 from the tetrahedron at β = 6 whose coordinates are stretched at random by 1e-6 (which keeps half-turns, so that only the pair of modes is there): growth of the spread of the cosines from 1e-5 to 1e-4.",
        Tolerance = "Eigenvalues 1e-7 of the largest |rate| of the matrix; growth 2e-3 (terms of second order; theory asks 1 % of polygons).",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (Normalization model in Models)
        {
            foreach (double beta in Betas)
            {
                foreach (string solid in Solids)
                {
                    (double[] rates, double contraction, double partition) = Expected(solid, beta);
                    double scale = model == Normalization.Softmax ? partition : 1, largest = Math.Exp(beta) / scale;
                    double[] sorted = [.. rates.Select(rate => rate / scale).Order()];
                    prediction.Curve(Rates(model, solid, beta), index => sorted[(int)index], 1e-7 * largest).Absolute(Contraction(model, solid, beta), contraction / scale, 1e-7 * largest);
                }
            }
            (double[] last, _, double mean) = Expected("tetrahedron", 6);
            prediction.Relative(Escape(model), last.Max() / (model == Normalization.Softmax ? mean : 1), 2e-3);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (Normalization model in Models)
        {
            foreach (double beta in Betas)
            {
                foreach (string solid in Solids)
                {
                    (double[] rates, double contraction) = Spectrum(new Attention(model, beta), SolidCorners.Of(solid));
                    measurement.Curve(Rates(model, solid, beta), "index", [.. Enumerable.Range(0, rates.Length).Select(i => (double)i)], rates).Figure(Contraction(model, solid, beta), contraction);
                }
            }
            measurement.Figure(Escape(model), Growth(trial, new Attention(model, 6)));
        }
        return measurement;
    }

    private static (double[] Rates, double Contraction, double Partition) Expected(string solid, double beta)
    {
        double near = Math.Exp(beta), opposite = Math.Exp(-beta), side = Math.Exp(-beta / 3);
        if (solid == "tetrahedron")
        {
            double pair = 2 * beta / 3 * side, triple = (2.0 / 3 + 4 * beta / 9) * side;
            return ([0, 0, 0, pair, pair, triple, triple, triple], (near - (1 + 4 * beta / 3) * side) / 4, (near + 3 * side) / 4);
        }
        double[] thirds = [0, 2 * beta / 3, (1 + beta + opposite) / 3, (beta - 1 + opposite) / 3];
        return ([.. thirds.SelectMany(rate => Enumerable.Repeat(rate, 3))], (near - 2 * beta - opposite) / 6, (near + 4 + opposite) / 6);
    }

    // Eigenvalues for displacements of the corners, and half the trace of that of a massless token at the first corner.
    private static (double[] Rates, double Contraction) Spectrum(Attention attention, double[][] corners)
    {
        int n = corners.Length, count = n + 1;
        var model = new TokenModel(attention, 3) { Weights = [.. Enumerable.Repeat(1.0 / n, n), 0] };
        var force = new DirectForce(model, count, 1);
        double[][] points = [.. corners, corners[0]];
        double[][][] tangents = [.. points.Select(Tangents)];
        var jacobian = Matrix<double>.Build.Dense(2 * count, 2 * count);
        for (int column = 0; column < 2 * count; column++)
        {
            double[] ahead = Velocity(Increment), behind = Velocity(-Increment);
            for (int row = 0; row < 2 * count; row++)
            {
                double[] tangent = tangents[row / 2][row % 2];
                for (int k = 0; k < 3; k++) jacobian[row, column] += tangent[k] * (ahead[k * count + row / 2] - behind[k * count + row / 2]) / (2 * Increment);
            }

            double[] Velocity(double step)
            {
                var positions = new double[3 * count];
                for (int i = 0; i < count; i++)
                {
                    double move = i == column / 2 ? step : 0, norm = Math.Sqrt(1 + move * move);
                    for (int k = 0; k < 3; k++) positions[k * count + i] = (points[i][k] + move * tangents[i][column % 2][k]) / norm;
                }
                var velocity = new double[positions.Length];
                force.Velocity(positions, velocity);
                return velocity;
            }
        }
        double[] rates = [.. jacobian.SubMatrix(0, 2 * n, 0, 2 * n).Evd().EigenValues.Select(value => value.Real).Order()];
        return (rates, -0.5 * (jacobian[2 * n, 2 * n] + jacobian[2 * n + 1, 2 * n + 1]));
    }

    private static double[][] Tangents(double[] x)
    {
        int least = Enumerable.Range(0, 3).MinBy(k => Math.Abs(x[k]));
        double[] first = [.. Enumerable.Range(0, 3).Select(k => (k == least ? 1 : 0) - x[least] * x[k])];
        double norm = Math.Sqrt(first.Sum(a => a * a));
        first = Array.ConvertAll(first, a => a / norm);
        return [first, [x[1] * first[2] - x[2] * first[1], x[2] * first[0] - x[0] * first[2], x[0] * first[1] - x[1] * first[0]]];
    }

    private static double Growth(Trial trial, Attention attention)
    {
        RandomNumbers random = trial.Random();
        double[] stretch = [.. Enumerable.Range(0, 3).Select(_ => 1 + 1e-6 * random.NextNormals().First)];
        double[] positions = [.. SolidCorners.Of("tetrahedron").SelectMany(corner => corner.Zip(stretch, (x, factor) => x * factor))];
        double until = attention.Normalization == Normalization.Softmax ? 3000 : 30;
        TokenRecord run = TokenRecord.Of(trial, new TokenModel(attention, 3), new TokenSample(3, positions), TokenRecord.Settings(1e-12, 1, DensitySettings.Schedule(until, until / 300)));
        double[] spreads = [.. Enumerable.Range(0, run.Times.Length).Select(time =>
        {
            double[] cosines = [.. from i in Enumerable.Range(0, 4) from j in Enumerable.Range(0, i) select run.Cosine(time, i, j)];
            return cosines.Max() - cosines.Min();
        })];
        return new TimeSeries(run.Times, spreads).GrowthRate(1e-5, 1e-4)?.Rate ?? double.NaN;
    }

    private static string Rates(Normalization model, string solid, double beta) => $"rates, {Name(model)}, {solid}, β = {beta}";

    private static string Contraction(Normalization model, string solid, double beta) => $"contraction within a cluster, {Name(model)}, {solid}, β = {beta}";

    private static string Escape(Normalization model) => $"growth of the unrest, {Name(model)}, tetrahedron, β = 6";

    private static string Name(Normalization model) => model == Normalization.Softmax ? "softmax" : "unnormalized";
}
