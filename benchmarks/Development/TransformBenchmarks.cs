using BenchmarkDotNet.Attributes;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks.Development;

/// <summary>The sphere's transforms one by one, for work on the kernels.</summary>
[MemoryDiagnoser]
public class TransformBenchmarks
{
    private HarmonicTransform _transform = null!;
    private double[] _coefficients = [];
    private double[] _values = [];
    private double[] _flux = [];
    private double[] _result = [];

    /// <summary>L.</summary>
    [Params(63, 127, 255, 511)]
    public int Bandlimit { get; set; }

    /// <summary>The grid of a right-hand side at β = 9.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        int degree = DensityFlow.QuadratureDegree(new Attention(Normalization.None, 9), 3, Bandlimit, oversampling: 0);
        _transform = HarmonicTransform.Create(3, Bandlimit, degree);
        _coefficients = RandomState.Of(_transform.Basis, seed: 1);
        _values = new double[_transform.GridSize];
        _flux = new double[2 * _transform.GridSize];
        _result = new double[_transform.Basis.Count];
        _transform.Synthesize(_coefficients, _values);
        _transform.SynthesizeGradient(_coefficients, _flux);
    }

    /// <summary>Coefficients to values.</summary>
    [Benchmark]
    public void Synthesize() => _transform.Synthesize(_coefficients, _values);

    /// <summary>Values to coefficients.</summary>
    [Benchmark]
    public void Analyze() => _transform.Analyze(_values, _result);

    /// <summary>Coefficients to gradient.</summary>
    [Benchmark]
    public void SynthesizeGradient() => _transform.SynthesizeGradient(_coefficients, _flux);

    /// <summary>Flux to divergence.</summary>
    [Benchmark]
    public void AnalyzeDivergence() => _transform.AnalyzeDivergence(_flux, _result);
}
