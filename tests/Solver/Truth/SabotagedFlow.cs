using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Tests.Solver;

/// <summary>A density flow whose right-hand side is spoilt after it was evaluated.</summary>
/// <param name="flow">The flow itself.</param>
/// <param name="spoil">Gets the flow, how often N was evaluated, the state and N(a), which it changes.</param>
internal sealed class SabotagedFlow(DensityFlow flow, SabotagedFlow.Spoil spoil) : ISemilinearFlow
{
    private int _evaluations;

    public delegate void Spoil(DensityFlow flow, int evaluations, ReadOnlySpan<double> state, Span<double> tendency);

    public HarmonicBasis Basis => flow.Basis;

    public ReadOnlySpan<double> Rates => flow.Rates;

    public void Nonlinear(ReadOnlySpan<double> coefficients, Span<double> tendency)
    {
        flow.Nonlinear(coefficients, tendency);
        spoil(flow, ++_evaluations, coefficients, tendency);
    }
}

/// <summary>A force between tokens whose velocities are spoilt after they were evaluated; unnormalized attention only.</summary>
/// <param name="force">The force itself.</param>
/// <param name="spoil">Gets how often it was evaluated, and the velocities, which it changes.</param>
internal sealed class SabotagedForce(TokenForce force, Action<int, double[]> spoil) : TokenForce(force.Model, force.Count)
{
    private int _evaluations;

    public override string Description => "sabotaged " + force.Description;

    public override void Velocity(ReadOnlySpan<double> positions, Span<double> velocity)
    {
        force.Velocity(positions, velocity);
        double[] spoilt = velocity.ToArray();
        spoil(++_evaluations, spoilt);
        spoilt.CopyTo(velocity);
    }

    public override double Energy(double logScale) => force.Energy(logScale);

    protected override double Partition(int token, double logScale) => throw new NotSupportedException("softmax is not sabotaged");
}
