using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The rules between keys of a case: what one value allows another to be.</summary>
internal sealed class CaseRules
{
    /// <summary>Largest degree of any transform from dimension 3 on.</summary>
    public const int LargestDegreeOnSpheres = 1023;

    /// <summary>Most output times of a run.</summary>
    private const int MostOutputs = 1_000_000;

    /// <summary>Distance from 1 to the next double.</summary>
    private const double Rounding = 1.0 / (1L << 52);

    private readonly Case given;
    private readonly Spot root;

    private CaseRules(Case given, Spot root) => (this.given, this.root) = (given, root);

    private int Dimension => given.Dimension;

    /// <summary>Checks a case and makes its directions unit vectors.</summary>
    /// <param name="given">The case as read.</param>
    /// <param name="root">The node it was read from.</param>
    /// <exception cref="CaseException">A rule is broken.</exception>
    public static Case Apply(Case given, Spot root)
    {
        var rules = new CaseRules(given, root);
        rules.CheckAttention(given.Attention);
        rules.CheckDegree("method.max_bandlimit", given.Method.MaxBandlimit);
        if (given.Method.Bandlimit > given.Method.MaxBandlimit)
        {
            throw rules.Wrong("method.bandlimit",
                $"must be at most method.max_bandlimit, {given.Method.MaxBandlimit}, but is {given.Method.Bandlimit}");
        }

        rules.CheckDegree("output.degree", given.Output.Degree);
        if (given.Time.Every > given.Time.Until)
        {
            throw rules.Wrong("time.every",
                $"must be at most time.until, {NumberShape.Text(given.Time.Until)}, but is {NumberShape.Text(given.Time.Every)}");
        }

        if (given.Time.Until > given.Time.Every * MostOutputs * (1 + 1e-9))
        {
            throw rules.Wrong("time.every",
                $"must leave at most {MostOutputs} output times, but time.until is {NumberShape.Text(given.Time.Until)} and it is {NumberShape.Text(given.Time.Every)}");
        }

        if (given.Training is not null) ControlRules.Apply(given, rules.Wrong);
        return given with { Initial = rules.Check(given.Initial) };
    }

    private void CheckAttention(AttentionSettings attention)
    {
        if (attention is { Normalization: Normalization.None, Beta: > 700 })
            throw Wrong("attention.beta", $"must be at most 700 with normalization none, but is {NumberShape.Text(attention.Beta)}");
        CheckMatrix("attention.query", attention.Query);
        CheckMatrix("attention.key", attention.Key);
        CheckMatrix("attention.value", attention.Value);
        if (attention.Mask != AttentionMask.None) CheckParticles("attention.mask");
        if (attention.LayerNorm != NormPlacement.Post) CheckParticles("attention.layer_norm");
    }

    private void CheckParticles(string path)
    {
        if (given.Method.Scheme != Scheme.Particles)
            throw Wrong(path, "is only for scheme particles; remove it, or set method.scheme to particles");
    }

    private void CheckMatrix(string path, ValueList<ValueList<double>>? matrix)
    {
        if (matrix is null)
            return;
        CheckParticles(path);
        if (matrix.Count != Dimension)
        {
            throw Wrong(path,
                $"must have {Dimension} rows of {Dimension} numbers, as dimension is {Dimension}, but has {matrix.Count}");
        }

        for (var i = 0; i < matrix.Count; i++)
            CheckLength($"{path}[{i}]", matrix[i]);
    }

    private InitialState Check(InitialState initial)
    {
        switch (initial)
        {
            case ModesInitial { Modes: var modes }:
                for (var i = 0; i < modes.Count; i++)
                    CheckMode($"initial.modes[{i}]", modes[i]);
                return initial;
            case VonMisesFisherInitial { Components: var components }:
                return new VonMisesFisherInitial(
                    [.. components.Select((c, i) => c with { Mean = Unit($"initial.von_mises_fisher[{i}].mean", c.Mean) })]);
            case PoissonInitial poisson:
                return poisson with { Axis = Unit("initial.poisson.axis", poisson.Axis) };
            case TokensInitial { Degree: { } degree }:
                CheckInitialDegree("initial.tokens.degree", degree);
                return initial;
            default:
                return initial;
        }
    }

    private void CheckMode(string path, Mode mode)
    {
        CheckInitialDegree($"{path}.degree", mode.Degree);
        var (allowed, holds) = Dimension switch
        {
            2 => ("1 (cosine) or -1 (sine) in dimension 2", Math.Abs(mode.Order) == 1),
            3 => ($"from -{mode.Degree} to {mode.Degree} for this degree", Math.Abs(mode.Order) <= mode.Degree),
            _ => ("0 from dimension 4 on", mode.Order == 0),
        };
        if (!holds)
            throw Wrong($"{path}.order", $"must be {allowed}, but is {mode.Order}");
    }

    private void CheckInitialDegree(string path, int degree)
    {
        CheckDegree(path, degree);
        if (given.Method.Scheme == Scheme.Spectral && degree > given.Method.MaxBandlimit)
            throw Wrong(path, $"must be at most method.max_bandlimit, {given.Method.MaxBandlimit}, but is {degree}");
    }

    private void CheckDegree(string path, int degree)
    {
        if (Dimension > 2 && degree > LargestDegreeOnSpheres)
            throw Wrong(path, $"must be at most {LargestDegreeOnSpheres} from dimension 3 on, but is {degree}");
    }

    private void CheckLength(string path, ValueList<double> vector)
    {
        if (vector.Count != Dimension)
            throw Wrong(path, $"must have {Dimension} numbers, as dimension is {Dimension}, but has {vector.Count}");
    }

    /// <summary>The vector at length 1. One of length 1 to rounding keeps its bits, so that writing and reading changes nothing.</summary>
    private ValueList<double> Unit(string path, ValueList<double> vector)
    {
        CheckLength(path, vector);
        var largest = vector.Max(Math.Abs);
        if (largest == 0)
            throw Wrong(path, "must have a direction, but is zero");
        var length = Math.Sqrt(vector.Sum(x => x / largest * (x / largest))) * largest;
        if (Math.Abs(length - 1) <= (vector.Count + 4) * Rounding)
            return vector;
        var scaled = vector.Select(x => x / largest).ToArray();
        var scale = Math.Sqrt(scaled.Sum(x => x * x));
        return [.. scaled.Select(x => x / scale)];
    }

    /// <summary>The error at the node of a path, or at the nearest one above it that the file has.</summary>
    private CaseException Wrong(string path, string problem)
    {
        var node = root.Node;
        foreach (var step in path.Split('.', '['))
        {
            var next = (node, step) switch
            {
                (MappingNode mapping, _) => mapping.Find(step)?.Value,
                (SequenceNode sequence, [.. var index, ']']) => sequence.Items[int.Parse(index)],
                _ => null,
            };
            if (next is null)
                break;
            node = next;
        }

        return new CaseException(root.File, node.Place, path, problem);
    }
}
