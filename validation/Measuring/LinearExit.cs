using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Times at which degree 1 at β = 0.5, started by the noise of N tokens, reaches a size: on the circle (V10, V11) and on the sphere (W01).</summary>
internal static class LinearExit
{
    /// <summary>δ, the size of |c_1| (sphere: α_1) at which the linear phase counts as over.</summary>
    public const double Threshold = 0.1;

    private const double Step = 1;

    /// <summary>Unnormalized attention at β = 0.5: mode 1 grows at least twice as fast as every other.</summary>
    public static readonly Attention Model = new(Normalization.None, 0.5);

    /// <summary>Gaussian coefficients of variance 1/N, carried by the Galerkin flow until |c_1| = δ; draws that start beyond δ count as 0. Degrees ≤ 8 on the circle, ≤ 4 on the sphere.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="tokens">N.</param>
    /// <param name="draws">How many realizations.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="dimension">2 or 3.</param>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public static Sample Times(Trial trial, double tokens, int draws, RandomNumbers random, int dimension = 2)
    {
        var flow = new DensityFlow(Model, dimension, dimension == 2 ? 8 : 4);
        var times = new double[draws];
        for (int i = 0; i < draws; i++)
        {
            trial.Cancellation.ThrowIfCancellationRequested();
            var state = new double[flow.Basis.Count];
            state[0] = 1;
            for (int at = 1; at < state.Length; at += 2)
            {
                (double first, double second) = random.NextNormals();
                (state[at], state[at + 1]) = (first / Math.Sqrt(tokens), second / Math.Sqrt(tokens));
            }
            times[i] = Exit(flow, state);
        }
        return Sample.Of(times);
    }

    private static double Exit(DensityFlow flow, double[] state)
    {
        var stepper = new ExponentialRungeKutta(flow, state, ExponentialTableau.DormandPrince);
        double time = 0, from = DegreeAmplitudes.Of(flow.Basis, state, 1);
        if (from >= Threshold) return 0;
        while (true)
        {
            stepper.TryStep(Step);
            double to = DegreeAmplitudes.Of(flow.Basis, stepper.Candidate, 1);
            if (to >= Threshold) return time + Step * Math.Log(Threshold / from) / Math.Log(to / from); // the rate falls by 1 % up to here: an error below 2e-3
            stepper.Accept();
            (time, from) = (time + Step, to);
        }
    }
}
