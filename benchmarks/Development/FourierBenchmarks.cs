using BenchmarkDotNet.Attributes;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks.Development;

/// <summary>The built-in Fourier engine with one transform and with eight side by side.</summary>
[MemoryDiagnoser]
public class FourierBenchmarks
{
    private FourierPlan _plan = null!;
    private double[] _points = [];
    private double[] _modes = [];
    private double[] _work = [];

    /// <summary>n.</summary>
    [Params(192, 256, 768, 1024, 1536)]
    public int Size { get; set; }

    /// <summary>Transforms side by side.</summary>
    [Params(1, 8)]
    public int Lanes { get; set; }

    /// <summary>A seeded input.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _plan = BuiltInEngine.Instance.CreatePlan(Size, Lanes);
        (_points, _modes, _work) = (new double[_plan.Length], new double[_plan.Length], new double[_plan.Length]);
        for (int i = 0; i < _points.Length; i++)
            _points[i] = Math.Sin(i);
    }

    /// <summary>Releases the plan.</summary>
    [GlobalCleanup]
    public void Release() => _plan.Dispose();

    /// <summary>Points to modes.</summary>
    [Benchmark]
    public void Forward() => _plan.Forward(_points, _modes, _work);

    /// <summary>Modes to points.</summary>
    [Benchmark]
    public void Backward() => _plan.Backward(_modes, _points, _work);
}
