using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The initial tokens of a case: given ones, or drawn from its initial density.</summary>
public static class InitialTokens
{
    private const double UnitTolerance = 1e-5; // float32 positions are unit vectors to 1e−7

    /// <summary>The tokens that the case itself names, the same in every scheme; null where it names a density.</summary>
    /// <exception cref="CaseException">They are not tokens of this dimension.</exception>
    /// <exception cref="IOException">Their file cannot be read.</exception>
    public static TokenSample? Given(Case @case) => Guarded(() => @case.Initial switch
    {
        TokensInitial { Law: TokenLaw.Equiangular } law => EquiangularTokens.Create(@case.Dimension, law.Count, law.Cosine),
        TokensInitial law => TokenSample.Uniform(@case.Dimension, law.Count, law.Seed),
        FileInitial file when !TokenFile.IsResult(@case.Resolve(file.Path)) => Read(@case, @case.Resolve(file.Path)),
        _ => null,
    });

    /// <summary>How many tokens <see cref="Of"/> gives.</summary>
    /// <exception cref="CaseException">They are not tokens of this dimension.</exception>
    /// <exception cref="IOException">Their file cannot be read.</exception>
    public static int CountOf(Case @case) => @case.Initial is TokensInitial law ? law.Count : Given(@case)?.Count ?? @case.Method.Tokens;

    /// <summary>Those, or method.tokens independent ones of the initial density, drawn with method.seed.</summary>
    /// <exception cref="CaseException">The initial state is no law that tokens can be drawn from.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TokenSample Of(Case @case) => Given(@case) ?? Guarded(() => @case.Initial is UniformInitial
        ? TokenSample.Uniform(@case.Dimension, @case.Method.Tokens, @case.Method.Seed)
        : TokenSample.Draw(Law(@case), @case.Method.Tokens, @case.Method.Seed));

    private static ITokenSource Law(Case @case)
    {
        switch (@case.Initial)
        {
            case VonMisesFisherInitial { Components: var components }:
                return new VonMisesFisherTokens(@case.Dimension, [.. components.Select(c => (c.Mean.ToArray(), c.Concentration, c.Weight))]);
            case PoissonInitial poisson:
                return new HyperbolicPoissonTokens(poisson.Radius, poisson.Axis);
            default:
                InitialCoefficients density = InitialCoefficients.Of(@case);
                return new HarmonicTokens(new HarmonicBasis(@case.Dimension, density.Degree), density.Values);
        }
    }

    private static TokenSample Read(Case @case, string path)
    {
        double[,] positions = TokenFile.Read(path);
        if (positions.GetLength(1) != @case.Dimension)
            throw new ArgumentException($"'{path}' holds tokens of {positions.GetLength(1)} coordinates, the case is in dimension {@case.Dimension}");
        for (int i = 0; i < positions.GetLength(0); i++)
        {
            double square = 0;
            for (int k = 0; k < @case.Dimension; k++) square += positions[i, k] * positions[i, k];
            double length = Math.Sqrt(square);
            if (!(Math.Abs(length - 1) <= UnitTolerance)) // NaN fails as well
                throw new ArgumentException(FormattableString.Invariant($"token {i} of '{path}' has length {length:G6}, not 1: write unit vectors"));
        }
        var flat = new double[positions.Length];
        Buffer.BlockCopy(positions, 0, flat, 0, flat.Length * sizeof(double));
        return new TokenSample(@case.Dimension, flat);
    }

    private static T Guarded<T>(Func<T> initial)
    {
        try
        {
            return initial();
        }
        catch (ArgumentException problem)
        {
            throw new CaseException("the case", null, "initial", "cannot be used: " + problem.Message, problem);
        }
    }
}
