using Meanfield.Solver;
using Meanfield.Training;

namespace Meanfield.IO;

/// <summary>The trained network applied to noisy tokens drawn from the initial state.</summary>
/// <param name="Count">Tokens N.</param>
/// <param name="Loss">G of their empirical law after the last layer.</param>
/// <param name="Error">Its standard error about the density's loss, predicted from the adjoint state (<see cref="DepthRecord.Fluctuation"/>).</param>
public sealed record TokenTrial(int Count, double Loss, double Error)
{
    private const double WeakError = 1e-3; // of a step, see NoisyStepper.StepFor

    /// <summary>Runs training.tokens tokens through the layers.</summary>
    /// <exception cref="CaseException">No tokens can be drawn from the initial state.</exception>
    internal static TokenTrial Of(Case @case, TrainedModel model, DepthGrid grid, TerminalLoss loss, ReadOnlySpan<double> controls, IReadOnlyList<DepthRecord> trained)
    {
        TokenSample start = InitialTokens.Of(@case with { Method = @case.Method with { Tokens = @case.Training!.Tokens } });
        double step = NoisyStepper.StepFor(new NetworkForce(model, start.Count).Model, start.Count, WeakError);
        int substeps = (int)Math.Ceiling(grid.Horizon / grid.Steps / step);
        TokenSample end = TrainedTokens.Run(model, grid, controls, start, @case.Method.Seed, substeps);

        int d = model.Dimension, first = d - model.Rows;
        var mean = new MeanVector(d);
        var coefficients = new double[new Spectral.HarmonicBasis(d, 1).Count];
        coefficients[0] = 1;
        for (int k = 0; k < mean.Count; k++)
        {
            double sum = 0;
            for (int i = 0; i < end.Count; i++) sum += end.Positions[i * d + first + k];
            mean.Add(k, d * sum / end.Count, coefficients); // a_1 = √d m
        }
        return new TokenTrial(end.Count, loss.Value(coefficients), Math.Sqrt(DepthRecord.Fluctuation(trained, model.Attention.Noise) / end.Count));
    }
}
