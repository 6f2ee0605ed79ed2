using Meanfield.Training;

namespace Meanfield.IO;

/// <summary>Every key of the training block; <see cref="ControlRules"/> has the rules between keys.</summary>
internal static class ControlGrammar
{
    private static readonly NumberShape Positive = new() { Above = 0 };
    private static readonly NumberShape Nonnegative = new() { AtLeast = 0 };
    private static readonly IntegerShape<int> Count = new(1, int.MaxValue);
    private static readonly ListShape<double> Vector = new(new NumberShape(), "numbers, one per dimension (one from dimension 4 on: that of the last axis)");

    private static readonly Block<AxialInteraction> Axial =
        new Block<AxialInteraction>(new(1, 1))
            .AddRequired("across", Positive, a => a.Across, (a, v) => a with { Across = v }, "Eigenvalue of every axis but the last.")
            .AddRequired("along", Positive, a => a.Along, (a, v) => a with { Along = v }, "Eigenvalue of the last axis.");

    private static readonly Block<InteractionSettings> Interaction =
        new Block<InteractionSettings>(new IdentityInteraction()) { Exclusive = true }
            .AddOptional("diagonal", new ListShape<double>(Positive, "numbers greater than 0, one per dimension"),
                a => (a as DiagonalInteraction)?.Values, (_, v) => new DiagonalInteraction(v), "A = diag(…). Dimensions 2 and 3.", "none")
            .AddOptional("matrix", new ListShape<ValueList<double>>(new ListShape<double>(new NumberShape(), "numbers, one per dimension"), "rows, one per dimension"),
                a => (a as MatrixInteraction)?.Rows, (_, v) => new MatrixInteraction(v), "A symmetric positive definite. Dimensions 2 and 3.", "none")
            .AddOptional("axial", Axial, a => a as AxialInteraction, (_, v) => v, "A = diag(across, …, across, along). Any dimension.", "none");

    private static readonly Block<NeuronSettings> Neuron =
        new Block<NeuronSettings>(new(Activation.Tanh, []))
            .AddRequired("activation", new ChoiceShape<Activation>(), n => n.Activation, (n, v) => n with { Activation = v }, "f of f(weights·x + bias).")
            .AddRequired("weights", Vector, n => n.Weights, (n, v) => n with { Weights = v }, "Inner weights; not trained.")
            .Add("bias", new NumberShape(), n => n.Bias, (n, v) => n with { Bias = v }, "Inner bias; not trained.");

    private static readonly Block<RandomFeatureSettings> Random =
        new Block<RandomFeatureSettings>(new(Activation.Tanh, 1))
            .AddRequired("activation", new ChoiceShape<Activation>(), r => r.Activation, (r, v) => r with { Activation = v }, "f of f(weights·x + bias).")
            .AddRequired("count", new IntegerShape<int>(1, 10_000), r => r.Count, (r, v) => r with { Count = v }, "How many neurons.")
            .Add("scale", Positive, r => r.Scale, (r, v) => r with { Scale = v }, "Standard deviation of the inner weights.")
            .Add("bias", Nonnegative, r => r.Bias, (r, v) => r with { Bias = v }, "Standard deviation of the inner biases; with cosine they are uniform angles.")
            .Add("seed", new IntegerShape<ulong>(0, ulong.MaxValue), r => r.Seed, (r, v) => r with { Seed = v }, "Seed of the draw.");

    private static readonly Block<FeatureSettings> Features =
        new Block<FeatureSettings>(new())
            .Add("constant", new FlagShape(), f => f.Constant, (f, v) => f with { Constant = v }, "Whether the constant 1 is a feature.")
            .Add("linear", new FlagShape(), f => f.Linear, (f, v) => f with { Linear = v }, "Whether the coordinates of x are features (from dimension 4 on the last one).")
            .Add("harmonics", new IntegerShape<int>(0, 64), f => f.Harmonics, (f, v) => f with { Harmonics = v },
                "Harmonics of degrees 2 to this are features, Y/√N: each degree has length 1; below 2: none.")
            .AddOptional("neurons", new ListShape<NeuronSettings>(Neuron, "neurons such as {activation: tanh, weights: [2, 1]}"),
                f => f.Neurons, (f, v) => f with { Neurons = v }, "Neurons with given inner weights.", "none")
            .AddOptional("random", new ListShape<RandomFeatureSettings>(Random, "groups such as {activation: relu, count: 20}"),
                f => f.Random, (f, v) => f with { Random = v }, "Neurons with random inner weights.", "none");

    private static readonly Block<MeanLoss> Mean =
        new Block<MeanLoss>(new([]))
            .AddRequired("target", Vector, l => l.Target, (l, v) => l with { Target = v }, "Where the mean is wanted.")
            .Add("strength", Positive, l => l.Strength, (l, v) => l with { Strength = v }, "Factor of ½|m - target|².");

    private static readonly Block<ClassLoss> Classes =
        new Block<ClassLoss>(new([]))
            .AddRequired("classes", new ListShape<ValueList<double>>(Vector, "vectors, one per class"), l => l.Classes, (l, v) => l with { Classes = v }, "Read-out vector of each class, two or more.")
            .Add("label", new IntegerShape<int>(0, int.MaxValue), l => l.Label, (l, v) => l with { Label = v }, "The right class, from 0.")
            .Add("sharpness", Positive, l => l.Sharpness, (l, v) => l with { Sharpness = v }, "Factor of the logits ⟨class, m⟩.");

    private static readonly Block<LossSettings> Loss =
        new Block<LossSettings>(new TowardsLoss([])) { Exclusive = true }
            .AddOptional("towards", Vector, l => (l as TowardsLoss)?.Direction, (_, v) => new TowardsLoss(v),
                "∫(1 - ⟨direction, x⟩)dμ: tokens are wanted in a direction, which is taken as it is, not made a unit vector.", "none")
            .AddOptional("mean", Mean, l => l as MeanLoss, (_, v) => v, "Squared error of the mean m = ∫x dμ.", "none")
            .AddOptional("cross_entropy", Classes, l => l as ClassLoss, (_, v) => v, "Cross entropy of a classifier that reads the mean.", "none");

    /// <summary>The block.</summary>
    public static Block<ControlSettings> Training { get; } =
        new Block<ControlSettings>(new() { Regularization = 1, Loss = new TowardsLoss([]) })
            .AddRequired("regularization", Positive, c => c.Regularization, (c, v) => c with { Regularization = v }, "λ of the penalty (λ/2)∫‖W‖²dt.")
            .AddRequired("loss", Loss, c => c.Loss, (c, v) => c with { Loss = v }, "Loss of the law that leaves the last layer: one of the keys below.")
            .Add("interaction", Interaction, c => c.Interaction, (c, v) => c with { Interaction = v },
                "Matrix A of the attention weights e^(β⟨x,Ay⟩) with values Ay: at most one of the keys below.", "identity")
            .Add("features", Features, c => c.Features, (c, v) => c with { Features = v }, "Functions σ(x) that the network W σ(x) is linear in.", "every key's default")
            .Add("steps", Count, c => c.Steps, (c, v) => c with { Steps = v }, "Layers: time steps of equal size, each with a W of its own.")
            .Add("method", new ChoiceShape<TrainingMethod>(), c => c.Method, (c, v) => c with { Method = v },
                "quasi_newton: L-BFGS; fixed_point: W ← W - r(W + G/λ) with r from a line search.")
            .Add("tolerance", new NumberShape { AtLeast = 1e-12, AtMost = 1 }, c => c.Tolerance, (c, v) => c with { Tolerance = v },
                "Optimality residual ‖W + G/λ‖/‖W‖ at which training ends.")
            .Add("iterations", Count, c => c.Iterations, (c, v) => c with { Iterations = v }, "Evaluations of cost and gradient at most, for each bandlimit.")
            .Add("tokens", new IntegerShape<int>(0, 1_000_000), c => c.Tokens, (c, v) => c with { Tokens = v },
                "Tokens that the trained network is applied to afterwards, drawn from the initial state; 0: none.");
}
