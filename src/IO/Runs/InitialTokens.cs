using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The initial tokens of a case: given ones, or drawn from its initial density.</summary>
public static class InitialTokens
{
    /// <summary>The tokens that the case itself names, the same in every scheme; null where it names a density.</summary>
    /// <exception cref="CaseException">They are not tokens of this dimension.</exception>
    /// <exception cref="IOException">Their file cannot be read.</exception>
    public static TokenSample? Given(Case @case) => Guarded(() => @case.Initial switch
    {
        TokensInitial { Law: TokenLaw.Equiangular } law => EquiangularTokens.Create(@case.Dimension, law.Count, law.Cosine),
        TokensInitial law => TokenSample.Uniform(@case.Dimension, law.Count, law.Seed),
        FileInitial file when InitialFile.Read(@case.Resolve(file.Path), @case.Dimension).Positions is { } positions => new TokenSample(@case.Dimension, positions),
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

    /// <summary>Says of whatever is wrong with an initial state that it is the case's.</summary>
    /// <exception cref="CaseException">It cannot be used.</exception>
    internal static T Guarded<T>(Func<T> initial)
    {
        try
        {
            return initial();
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidDataException)
        {
            throw new CaseException("the case", null, "initial", "cannot be used: " + problem.Message, problem);
        }
    }
}
