using Meanfield.Benchmarks.Peers;

namespace Meanfield.Benchmarks;

/// <summary>All comparisons of one run: the table on the screen and artifacts/bench.json.</summary>
internal sealed class Session
{
    private const double Beta = 9;
    private const int Rounds = 21, FewRounds = 3;
    private static readonly int[] Bandlimits = [63, 127, 255, 511, 1023];
    private static readonly int[] Points = [256, 1024, 4096, 16384, 65536];
    private static readonly int[] CirclePoints = [256, 1024, 2048, 4096, 8192, 16384, 32768, 65536];
    private static readonly int[] Tokens = [1000, 4000, 10_000];
    private static readonly int[] SphereTokens = [10_000, 100_000, 1_000_000, 4_000_000];
    private static readonly int[] CircleTokens = [10_000, 100_000, 1_000_000, 10_000_000];

    private readonly List<Measurement> _rows = [];
    private readonly bool _quick;
    private readonly IReadOnlyCollection<string> _only;
    private readonly double _peak;
    private bool _complete = true;

    private Session(bool quick, IReadOnlyCollection<string> only)
    {
        _quick = quick;
        _only = only;
        _peak = MachinePeak.Measure();
    }

    /// <summary>The checkout's folder of things made.</summary>
    public static string Artifacts => Path.Combine(Root(), "artifacts");

    /// <summary>The groups of rows, in order.</summary>
    public static IReadOnlyList<string> Groups { get; } = ["rhs-sphere", "legendre", "rhs-circle", "force-direct", "force-sphere", "force-circle", "fft"];

    /// <summary>Runs some groups, or everything; 0 when every peer was there and agreed, 1 otherwise.</summary>
    /// <param name="quick">Fewer and shorter samples.</param>
    /// <param name="only">Groups to run; empty: all, and artifacts/bench.json is written.</param>
    public static int Run(bool quick, IReadOnlyCollection<string> only)
    {
        var session = new Session(quick, only);
        session.RunAll();
        return session._complete ? 0 : 1;
    }

    private void RunAll()
    {
        Console.WriteLine($"{Processor()}, .NET {Environment.Version}");
        Console.WriteLine($"multiply-add peak of one core, {MachinePeak.VectorBits}-bit: {_peak / 1e9:F1} GF/s");
        Console.WriteLine();
        Console.WriteLine(
            $"{"name",-24}{"size",6}{"threads",9}{"ours",12}{"peer",12}  {"faster",6}  {"quartiles",-13}" +
            $"{"differ by",9}{"GF/s",7}{"of peak",9}  peer is");
        Attempt("rhs-sphere", Spheres);
        Attempt("legendre", Legendre);
        Attempt("rhs-circle", Circle);
        Attempt("rhs-circle", CircleBesideTransforms);
        Attempt("force-direct", Pairs);
        Attempt("force-sphere", () => Harmonics(3, SphereTokens));
        Attempt("force-circle", () => Harmonics(2, CircleTokens));
        Attempt("fft", Transforms);
        PrintExponents();
        Console.WriteLine();
        Console.WriteLine("faster: peer's time over ours; quartiles of that ratio over neighbouring samples");
        Console.WriteLine("GF/s count the Legendre contractions only, over the time of the whole right-hand side, per thread");
        if (_only.Count > 0) return;
        Directory.CreateDirectory(Artifacts);
        string path = Path.Combine(Artifacts, "bench.json");
        File.WriteAllText(path, Measurement.ToJson(_rows));
        Console.WriteLine($"wrote {path}");
    }

    private void Spheres()
    {
        foreach ((bool sameGrid, int threads) in ((bool, int)[])[(false, 1), (true, 1), (false, 2)])
        {
            foreach (int bandlimit in Bandlimits)
                Sphere(bandlimit, sameGrid, threads);
        }
    }

    private void Legendre()
    {
        foreach (int bandlimit in Bandlimits)
        {
            foreach (Comparison kernel in LegendreComparison.Create(bandlimit, Beta))
                Measure(kernel);
        }
    }

    private void Transforms()
    {
        foreach (int points in Points)
            Measure(FourierComparison.Create(points));
    }

    private void Sphere(int bandlimit, bool sameGrid, int threads)
    {
        using var comparison = new SphereComparison(bandlimit, Beta, sameGrid, threads);
        Measure(comparison.Comparison);
    }

    // Cost ∝ (L + 1)^p between neighbouring bandlimits, one thread.
    private void PrintExponents()
    {
        Measurement[] rows = _rows.Where(row => row.Name == "rhs-sphere" && row.Threads == 1).ToArray();
        Console.WriteLine();
        for (int i = 1; i < rows.Length; i++)
        {
            double exponent = Math.Log(rows[i].OursSeconds / rows[i - 1].OursSeconds) / Math.Log((rows[i].Size + 1.0) / (rows[i - 1].Size + 1));
            Console.WriteLine($"cost of rhs-sphere from L = {rows[i - 1].Size} to {rows[i].Size}: exponent {exponent:F2}");
        }
    }

    private void Circle()
    {
        using var peer = new NumpyCircle();
        foreach (int points in CirclePoints)
            Measure(CircleComparison.Create(peer, points, Beta));
    }

    private void CircleBesideTransforms()
    {
        foreach (bool real in (bool[])[true, false])
        {
            foreach (int points in CirclePoints)
                Measure(CircleComparison.BesideTransforms(points, Beta, real));
        }
    }

    private void Pairs()
    {
        using var peer = new NumpyProcess("pairs.py");
        foreach (int threads in (int[])[1, 2])
        {
            foreach (int count in Tokens)
                Measure(PairComparison.Create(peer, count, Beta, threads));
        }
    }

    private void Harmonics(int dimension, int[] counts)
    {
        using var peer = new NumpyProcess("harmonics.py");
        foreach (int threads in (int[])[1, 2])
        {
            foreach (int count in counts)
                Measure(HarmonicComparison.Create(peer, dimension, count, threads));
        }
    }

    private void Measure(Comparison comparison)
    {
        if (!comparison.Agrees)
        {
            _complete = false;
            Console.WriteLine(
                $"{comparison.Name,-24}{comparison.Size,6}  not timed: " +
                $"results differ by {comparison.Difference:0.0e-00}, more than {Comparison.Tolerance:0e-00}");
            return;
        }
        int rounds = comparison.Tokens > 0 ? FewRounds : Rounds; // seconds per sample of the peer
        Timing timing = _quick ? Interleaved.Time(comparison, Math.Min(5, rounds), 0.01) : Interleaved.Time(comparison, rounds, 0.04);
        var row = new Measurement(comparison.Name, comparison.Size, comparison.Threads, timing.Ours, comparison.Peer, timing.Theirs);
        _rows.Add(row);
        double rate = comparison.Flops / timing.Ours / comparison.Threads;
        string legendre = rate > 0 ? $"{rate / 1e9,7:F1}{rate / _peak,9:P0}" : new string(' ', 16);
        if (comparison.Tokens > 0)
            legendre = $"{timing.Ours / comparison.Tokens * 1e9,10:F1} ns/pt";
        string quartiles = $"{timing.LowerRatio:F2} – {timing.UpperRatio:F2}";
        Console.WriteLine(
            $"{row.Name,-24}{row.Size,6}{row.Threads,9}{Show(row.OursSeconds),12}{Show(row.PeerSeconds),12}  " +
            $"{row.SpeedUp,6:F2}  {quartiles,-13}{comparison.Difference,9:0.0e-00}{legendre}  {row.Peer}");
    }

    private void Attempt(string group, Action action)
    {
        if (_only.Count > 0 && !_only.Contains(group)) return;
        try
        {
            action();
        }
        catch (Exception e) when (e is DllNotFoundException or FileNotFoundException or InvalidOperationException)
        {
            _complete = false;
            Console.WriteLine($"left out: {e.Message.Split('\n')[0]} (eng/setup.sh bench installs the peers)");
        }
    }

    private static string Show(double seconds) => seconds < 1e-3 ? $"{seconds * 1e6:F2} µs" : $"{seconds * 1e3:F3} ms";

    private static string Processor()
    {
        const string path = "/proc/cpuinfo";
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (lines.Length == 0)
            return "unknown processor";
        return $"{Field("model name")} (family {Field("cpu family")}, model {Field("model\t")})";

        string Field(string name) =>
            lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?";
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Solver.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}
