using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks.Peers;

/// <summary>One forward and one backward transform of n points by a library, each in the layout it prefers.</summary>
internal sealed unsafe class TransformPair
{
    private readonly Action _run;

    private TransformPair(string name, int size, bool real, Action<nint, nint, nint> prepare, Func<nint, nint, nint, Action> bind)
    {
        int count = real ? size : 2 * size;
        double* points = Allocate(count), modes = Allocate(size * 2 + 2), back = Allocate(count);
        prepare((nint)points, (nint)modes, (nint)back);
        var random = new RandomNumbers((ulong)size);
        for (int i = 0; i < count; i++)
            points[i] = random.NextNormals().Item1;
        _run = bind((nint)points, (nint)modes, (nint)back);
        _run();
        var result = new double[count];
        TensorPrimitives.Divide(new ReadOnlySpan<double>(back, count), size, result);
        Name = name;
        Error = RandomState.Distance(result, new ReadOnlySpan<double>(points, count).ToArray());
        Seconds = Enumerable.Range(0, 20).Min(_ => Interleaved.Clock(_run, 1 + 200000 / size)) / (1 + 200000 / size);
    }

    /// <summary>Library and kind.</summary>
    public string Name { get; }

    /// <summary>max|x − x'|/max|x| after both transforms and the division by n.</summary>
    public double Error { get; }

    /// <summary>Least seconds of a few runs, to choose by.</summary>
    public double Seconds { get; }

    /// <summary>Seconds of some runs.</summary>
    public double Time(int repetitions) => Interleaved.Clock(_run, repetitions);

    /// <summary>The fastest pair of the libraries on this machine: MKL, FFTW and, for complex data, the built-in engine.</summary>
    public static TransformPair Fastest(int size, bool real)
    {
        var pairs = new List<TransformPair>();
        if (MklEngine.Instance.Absence is null) pairs.Add(Mkl(size, real));
        if (FftwEngine.Instance.Absence is null) pairs.Add(Fftw(size, real));
        if (!real) pairs.Add(BuiltIn(size));
        return pairs.MinBy(pair => pair.Seconds) ?? throw new FileNotFoundException("neither MKL nor FFTW is on this machine");
    }

    private static TransformPair Mkl(int size, bool real)
    {
        MklEngine.Instance.CreatePlan(8, 1).Dispose(); // holds MKL to one thread
        int status = LibDfti.Create(out nint descriptor, LibDfti.Double, real ? LibDfti.Real : LibDfti.Complex, 1, size);
        if (status == 0) status = LibDfti.Set(descriptor, LibDfti.Placement, LibDfti.NotInPlace);
        if (status == 0 && real) status = LibDfti.Set(descriptor, LibDfti.ConjugateEvenStorage, LibDfti.ComplexComplex);
        if (status == 0) status = LibDfti.Commit(descriptor);
        if (status != 0) throw new InvalidOperationException($"MKL refused {size} points (DFTI status {status})");
        return new TransformPair(Title("mkl", real), size, real, (_, _, _) => { }, (points, modes, back) => () =>
        {
            _ = LibDfti.Forward(descriptor, (double*)points, (double*)modes);
            _ = LibDfti.Backward(descriptor, (double*)modes, (double*)back);
        });
    }

    private static TransformPair Fftw(int size, bool real)
    {
        nint forward = 0, backward = 0;
        return new TransformPair(Title("fftw", real), size, real, Plan, (_, _, _) => () =>
        {
            LibFftw3.Execute(forward);
            LibFftw3.Execute(backward);
        });

        void Plan(nint points, nint modes, nint back)
        {
            double* x = (double*)points, y = (double*)modes, z = (double*)back;
            forward = real ? LibFftw3.PlanRealForward(size, x, y, LibFftw3.Measure) : LibFftw3.PlanComplex(size, x, y, -1, LibFftw3.Measure);
            backward = real ? LibFftw3.PlanRealBackward(size, y, z, LibFftw3.Measure) : LibFftw3.PlanComplex(size, y, z, 1, LibFftw3.Measure);
        }
    }

    private static TransformPair BuiltIn(int size)
    {
        FourierPlan plan = BuiltInEngine.Instance.CreatePlan(size, lanes: 1);
        nint work = (nint)Allocate(plan.Length);
        return new TransformPair(Title("built_in", real: false), size, false, (_, _, _) => { }, (points, modes, back) => () =>
        {
            plan.Forward(Numbers(points), Numbers(modes), Numbers(work));
            plan.Backward(Numbers(modes), Numbers(back), Numbers(work));
        });

        Span<double> Numbers(nint address) => new((double*)address, plan.Length);
    }

    private static string Title(string library, bool real) => $"two {(real ? "real" : "complex")} FFTs, {library}";

    // kept until the process ends
    private static double* Allocate(int count)
    {
        var memory = (double*)NativeMemory.AlignedAlloc((nuint)count * sizeof(double), 64);
        new Span<double>(memory, count).Clear();
        return memory;
    }
}
