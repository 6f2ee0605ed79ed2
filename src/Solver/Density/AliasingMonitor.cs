using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Measures the aliasing of a flow's right-hand side against the same flow on a finer grid.</summary>
/// <remarks>Without normalization, or at β = 0, the quadrature is exact and the aliasing is 0 by construction.</remarks>
public sealed class AliasingMonitor
{
    /// <summary>Oversampling of the finer grid beyond that of the flow.</summary>
    public const int Refinement = 3;

    private DensityFlow? _finer;
    private double[] _here = [];
    private double[] _there = [];

    /// <summary>‖N − N_finer‖/‖ȧ‖ at a state.</summary>
    public double Measure(DensityFlow flow, ReadOnlySpan<double> coefficients)
    {
        if (flow.Attention.Normalization == Normalization.None || flow.Attention.Beta == 0) return 0;
        if (_finer is null || _finer.Basis != flow.Basis || _finer.Oversampling != flow.Oversampling + Refinement || _finer.Engine != flow.Engine)
        {
            _finer = new DensityFlow(flow.Attention, flow.Basis.Dimension, flow.Basis.Bandlimit, flow.Oversampling + Refinement, flow.Engine);
            _here = new double[flow.Basis.Count];
            _there = new double[flow.Basis.Count];
        }
        flow.Tendency(coefficients, _here);
        _finer.Tendency(coefficients, _there);
        double size = TensorPrimitives.Norm<double>(_there);
        double distance = TensorPrimitives.Distance<double>(_here, _there);
        return distance == 0 ? 0 : distance / size;
    }
}
