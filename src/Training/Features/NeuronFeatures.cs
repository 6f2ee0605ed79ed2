using Meanfield.Solver;

namespace Meanfield.Training;

/// <summary>Neurons with fixed inner weights: σ_j(x) = f(v_j·x + b_j).</summary>
public sealed class NeuronFeatures : Feature
{
    private readonly Activation _activation;
    private readonly double[][] _weights;
    private readonly double[] _biases;

    /// <summary>Takes inner weights and biases.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="activation">f.</param>
    /// <param name="weights">[m][coordinates] v_j; for d ≥ 4 one number, that of the height.</param>
    /// <param name="biases">[m] b_j.</param>
    /// <exception cref="ArgumentException">No neuron, weights of another number of coordinates, or another number of biases.</exception>
    public NeuronFeatures(int dimension, Activation activation, IReadOnlyList<IReadOnlyList<double>> weights, IReadOnlyList<double> biases)
        : base(dimension)
    {
        if (weights.Count == 0 || biases.Count != weights.Count || weights.Any(v => v.Count != Coordinates(dimension)))
            throw new ArgumentException($"each neuron needs {Coordinates(dimension)} weights and one bias", nameof(weights));
        _activation = activation;
        _weights = [.. weights.Select(v => v.ToArray())];
        _biases = [.. biases];
    }

    /// <inheritdoc/>
    public override int? Degree => null;

    /// <inheritdoc/>
    public override int Count => _weights.Length;

    /// <inheritdoc/>
    public override IEnumerable<string> Names => Enumerable.Range(0, Count).Select(j => $"{_activation.ToString().ToLowerInvariant()}({j})");

    /// <summary>Random features: v_j = scale·g, b_j = bias·h with g, h standard normal numbers of a seed's stream (Cosine: b_j uniform on (0, 2π)).</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="activation">f.</param>
    /// <param name="count">m ≥ 1.</param>
    /// <param name="scale">Size of the inner weights.</param>
    /// <param name="bias">Size of the biases; not used by Cosine.</param>
    /// <param name="seed">Seed of the stream.</param>
    public static NeuronFeatures Random(int dimension, Activation activation, int count, double scale, double bias, ulong seed)
    {
        var random = new RandomNumbers(seed);
        var weights = new double[count][];
        var biases = new double[count];
        for (int j = 0; j < count; j++)
        {
            weights[j] = new double[Coordinates(dimension)];
            for (int k = 0; k < weights[j].Length; k++) weights[j][k] = scale * random.NextNormals().First;
            biases[j] = activation == Activation.Cosine ? 2 * Math.PI * random.NextUniform() : bias * random.NextNormals().First;
        }
        return new NeuronFeatures(dimension, activation, weights, biases);
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> point, Span<double> values)
    {
        for (int j = 0; j < _weights.Length; j++)
        {
            double s = _biases[j];
            for (int k = 0; k < point.Length; k++) s += _weights[j][k] * point[k];
            values[j] = _activation switch
            {
                Activation.Relu => Math.Max(0, s),
                Activation.Tanh => Math.Tanh(s),
                _ => Math.Cos(s),
            };
        }
    }
}
