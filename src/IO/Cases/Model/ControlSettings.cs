using Meanfield.Training;

namespace Meanfield.IO;

/// <summary>The training block of a case: the control problem of <c>meanfield train</c>.</summary>
public sealed record ControlSettings
{
    /// <summary>λ &gt; 0 of the penalty (λ/2)∫‖W‖²dt.</summary>
    public required double Regularization { get; init; }

    /// <summary>The loss of the law that leaves the last layer.</summary>
    public required LossSettings Loss { get; init; }

    /// <summary>The matrix A of attention weights e^{β⟨x,Ay⟩}.</summary>
    public InteractionSettings Interaction { get; init; } = new IdentityInteraction();

    /// <summary>What the network is linear in.</summary>
    public FeatureSettings Features { get; init; } = new();

    /// <summary>Layers, at least 1.</summary>
    public int Steps { get; init; } = 400;

    /// <summary>How the network is trained.</summary>
    public TrainingMethod Method { get; init; } = TrainingMethod.QuasiNewton;

    /// <summary>Optimality residual ‖W + G/λ‖/‖W‖ at which training ends, 1e−12 … 1.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Evaluations of cost and gradient at most, for each bandlimit.</summary>
    public int Iterations { get; init; } = 500;

    /// <summary>Tokens that the trained network is applied to afterwards; 0: none.</summary>
    public int Tokens { get; init; }
}

/// <summary>The features of a network.</summary>
public sealed record FeatureSettings
{
    /// <summary>Whether there is a bias.</summary>
    public bool Constant { get; init; } = true;

    /// <summary>Whether the coordinates are features (d ≥ 4: the last one).</summary>
    public bool Linear { get; init; } = true;

    /// <summary>Harmonics of degrees 2 … this, each degree of unit length; below 2: none.</summary>
    public int Harmonics { get; init; }

    /// <summary>Neurons with given inner weights; null: none.</summary>
    public ValueList<NeuronSettings>? Neurons { get; init; }

    /// <summary>Neurons with random inner weights; null: none.</summary>
    public ValueList<RandomFeatureSettings>? Random { get; init; }
}

/// <summary>One neuron f(weights·x + bias).</summary>
/// <param name="Activation">f.</param>
/// <param name="Weights">d numbers; for d ≥ 4 one, that of the last axis.</param>
/// <param name="Bias">b.</param>
public sealed record NeuronSettings(Activation Activation, ValueList<double> Weights, double Bias = 0);

/// <summary>Neurons with normal inner weights.</summary>
/// <param name="Activation">f.</param>
/// <param name="Count">How many.</param>
/// <param name="Scale">Standard deviation of an inner weight.</param>
/// <param name="Bias">Standard deviation of a bias (cosine: biases are uniform angles).</param>
/// <param name="Seed">Seed of the draw.</param>
public sealed record RandomFeatureSettings(Activation Activation, int Count, double Scale = 1, double Bias = 1, ulong Seed = 1);

/// <summary>The matrix A: one of the records below.</summary>
public abstract record InteractionSettings
{
    private protected InteractionSettings()
    {
    }
}

/// <summary>A = 1.</summary>
public sealed record IdentityInteraction : InteractionSettings;

/// <summary>A = diag(values), d ≤ 3.</summary>
/// <param name="Values">d numbers greater than 0.</param>
public sealed record DiagonalInteraction(ValueList<double> Values) : InteractionSettings;

/// <summary>Any symmetric positive definite A, d ≤ 3.</summary>
/// <param name="Rows">d rows of d numbers.</param>
public sealed record MatrixInteraction(ValueList<ValueList<double>> Rows) : InteractionSettings;

/// <summary>A = diag(across, …, across, along).</summary>
/// <param name="Across">Greater than 0.</param>
/// <param name="Along">Greater than 0.</param>
public sealed record AxialInteraction(double Across, double Along) : InteractionSettings;

/// <summary>The loss G(μ_T): one of the records below.</summary>
public abstract record LossSettings
{
    private protected LossSettings()
    {
    }
}

/// <summary>∫(1 − ⟨direction, x⟩)dμ.</summary>
/// <param name="Direction">d numbers; for d ≥ 4 one.</param>
public sealed record TowardsLoss(ValueList<double> Direction) : LossSettings;

/// <summary>(strength/2)|m − target|², m = ∫x dμ.</summary>
/// <param name="Target">d numbers; for d ≥ 4 one.</param>
/// <param name="Strength">Greater than 0.</param>
public sealed record MeanLoss(ValueList<double> Target, double Strength = 1) : LossSettings;

/// <summary>−log of the softmax of sharpness·⟨class, m⟩ at the label.</summary>
/// <param name="Classes">Two or more vectors of d numbers; for d ≥ 4 of one.</param>
/// <param name="Label">From 0.</param>
/// <param name="Sharpness">Greater than 0.</param>
public sealed record ClassLoss(ValueList<ValueList<double>> Classes, int Label = 0, double Sharpness = 1) : LossSettings;
