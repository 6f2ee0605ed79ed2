namespace Meanfield.Training;

/// <summary>What a neuron does to its input.</summary>
public enum Activation
{
    /// <summary>max(0, s). Not smooth: quadrature of its products is not exact, the discrete gradient still is.</summary>
    Relu,

    /// <summary>tanh s.</summary>
    Tanh,

    /// <summary>cos s: random Fourier features.</summary>
    Cosine,
}
