using Meanfield.Training;

namespace Meanfield.IO;

/// <summary>Writes the group /training of result.h5.</summary>
internal sealed class TrainingWriter(Hdf5Group group, TrainingReport report) : IDisposable
{
    private readonly Hdf5Dataset _layer = Scale(group, "layer_time", report.LayerTimes, "depth of the middle of each layer");
    private readonly Hdf5Dataset _evaluation = Scale(
        group, "history_evaluation", [.. report.Control.History.Select(i => (double)i.Evaluation)], "evaluations of cost and gradient when the cost fell");

    /// <inheritdoc/>
    public void Dispose()
    {
        _layer.Dispose();
        _evaluation.Dispose();
    }

    /// <summary>Writes everything.</summary>
    /// <param name="time">The scale /time, the depths of the records.</param>
    public void WriteAll(Hdf5Dataset time)
    {
        TrainedModel model = report.Problem.Flow.Model;
        using (Hdf5Dataset names = group.WriteText("feature_name", [.. model.Features.Names])) Describe(names, "features that the network is linear in");
        Controls("controls", report.Control.Controls, "W of each layer: [steps, features, rows], row r pushes along axis r (d >= 4: one row, the last axis)");
        Controls("sensitivity", report.Control.Sensitivity, "G of each layer, the loss's derivative by W per unit of depth: -lambda W at an optimum");
        Vector("layer_norm", report.LayerNorms, "Frobenius norm of W", _layer);

        long count = report.Trained[0].Adjoint.Length;
        using (Hdf5Dataset adjoint = group.Write<double>("adjoint", [.. report.Trained.SelectMany(record => record.Adjoint)], report.Trained.Count, count))
        {
            Describe(adjoint, "coefficients of the adjoint state phi along the trained flow");
            adjoint.AttachScales(time);
        }
        Curve("energy", "interaction energy along the trained flow", record => record.Energy);
        Curve("entropy", "entropy along the trained flow, 0 when uniform", record => record.Entropy);
        Curve("free_energy", "free energy E + kappa * entropy along the trained flow", record => record.FreeEnergy);
        Curve("hamiltonian", "Hamiltonian along the trained flow", record => record.Hamiltonian);
        Vector("untrained_free_energy", [.. report.Untrained.Select(record => record.FreeEnergy)], "free energy along the flow at W = 0", time);

        History("history_objective", "cost", iterate => iterate.Objective.Total);
        History("history_loss", "loss", iterate => iterate.Objective.Loss);
        History("history_residual", "optimality residual |W + G/lambda|/|W| (infinite at W = 0)", iterate => iterate.Residual);
        History("history_hamiltonian_spread", "largest less smallest Hamiltonian along the depth", iterate => iterate.HamiltonianSpread);
        foreach ((string name, double value) in report.Summary.Numbers) group.SetNumber(name, value);
        group.SetNumber("regularization", report.Problem.Regularization);
        group.SetNumber("converged", report.Control.Converged ? 1 : 0);

        void Curve(string name, string longName, Func<DepthRecord, double> value) => Vector(name, [.. report.Trained.Select(value)], longName, time);
        void History(string name, string longName, Func<TrainingIterate, double> value) => Vector(name, [.. report.Control.History.Select(value)], longName, _evaluation);
    }

    private void Controls(string name, double[] values, string longName)
    {
        TrainedModel model = report.Problem.Flow.Model;
        using Hdf5Dataset dataset = group.Write<double>(name, values, report.Grid.Steps, model.Features.Count, model.Rows);
        Describe(dataset, longName);
        dataset.AttachScales(_layer);
    }

    private void Vector(string name, double[] values, string longName, Hdf5Dataset scale)
    {
        using Hdf5Dataset dataset = group.Write<double>(name, values);
        Describe(dataset, longName);
        dataset.AttachScales(scale);
    }

    private static Hdf5Dataset Scale(Hdf5Group group, string name, double[] values, string longName)
    {
        Hdf5Dataset scale = group.Write<double>(name, values);
        scale.MakeScale(name);
        Describe(scale, longName);
        return scale;
    }

    private static void Describe(Hdf5Dataset dataset, string longName)
    {
        dataset.SetText("units", "1");
        dataset.SetText("long_name", longName);
    }
}
