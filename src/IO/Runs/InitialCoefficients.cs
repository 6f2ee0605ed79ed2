using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The initial density of a case, as harmonic coefficients.</summary>
/// <param name="Degree">Largest degree.</param>
/// <param name="Values">Coefficients of degrees ≤ <paramref name="Degree"/>.</param>
public sealed record InitialCoefficients(int Degree, double[] Values)
{
    /// <summary>Evaluates the initial block of a case.</summary>
    /// <exception cref="CaseException">The initial state is not a density of this dimension (the sentence says why).</exception>
    /// <exception cref="IOException">The file of initial data cannot be read.</exception>
    public static InitialCoefficients Of(Case @case)
    {
        int dimension = @case.Dimension;
        int top = Math.Min(@case.Method.MaxBandlimit, HarmonicTransform.LargestBandlimit(dimension));
        return InitialTokens.Guarded(() => @case.Initial switch
        {
            ModesInitial modes => OfModes(dimension, modes),
            VonMisesFisherInitial law => OfMixture(new HarmonicBasis(dimension, top), law),
            PoissonInitial law => OfPoisson(new HarmonicBasis(dimension, top), law),
            FileInitial file => OfFile(@case, InitialFile.Read(@case.Resolve(file.Path), dimension)),
            TokensInitial law => OfTokens(@case, InitialTokens.Given(@case)!, law.Degree),
            _ => new InitialCoefficients(0, [1]),
        });
    }

    private static InitialCoefficients OfModes(int dimension, ModesInitial modes)
    {
        int degree = modes.Modes.Max(mode => mode.Degree);
        var basis = new HarmonicBasis(dimension, degree);
        var values = new double[basis.Count];
        values[0] = 1;
        foreach (Mode mode in modes.Modes) values[basis.IndexOf(mode.Degree, mode.Order)] += mode.Amplitude;
        return new InitialCoefficients(degree, values);
    }

    private static InitialCoefficients OfMixture(HarmonicBasis basis, VonMisesFisherInitial law)
    {
        var values = new double[basis.Count];
        double total = law.Components.Sum(component => component.Weight);
        foreach (var component in law.Components)
            Meanfield.Solver.VonMisesFisher.Add(basis, component.Mean, component.Concentration, component.Weight / total, values);
        values[0] = 1;
        return new InitialCoefficients(basis.Bandlimit, values);
    }

    private static InitialCoefficients OfPoisson(HarmonicBasis basis, PoissonInitial law)
    {
        var values = new double[basis.Count];
        HyperbolicPoisson.Add(basis, law.Radius, law.Axis, values);
        values[0] = 1;
        return new InitialCoefficients(basis.Bandlimit, values);
    }

    private static InitialCoefficients OfTokens(Case @case, TokenSample tokens, int? degree)
    {
        int kept = degree ?? TokenSample.GrowingDegree(@case.Attention.Model, @case.Dimension);
        return new InitialCoefficients(kept, tokens.Moments(kept));
    }

    private static InitialCoefficients OfFile(Case @case, InitialFile file)
    {
        if (file.State is not { } state)
            return OfTokens(@case, new TokenSample(@case.Dimension, file.Positions!), null);
        var basis = new HarmonicBasis(@case.Dimension, state.Bandlimit);
        int known = Array.FindIndex(state.Coefficients, double.IsNaN); // tokens and characteristics record moments up to a degree only
        int degree = known < 0 ? state.Bandlimit : basis.DegreeOf(known) - 1;
        return new InitialCoefficients(degree, state.Coefficients[..basis.Start(degree + 1)]);
    }
}
