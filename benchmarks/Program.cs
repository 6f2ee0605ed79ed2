using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Meanfield.Benchmarks;
using Meanfield.Benchmarks.Development;

if (args is ["--development", .. string[] rest])
{
    IConfig config = DefaultConfig.Instance.WithArtifactsPath(Path.Combine(Session.Artifacts, "benchmarks"));
    BenchmarkSwitcher.FromAssembly(typeof(TransformBenchmarks).Assembly).Run(rest, config);
    return 0;
}
if (args is [] or ["--quick"])
    return Session.Run(quick: args.Length == 1);
Console.Error.WriteLine("""
    usage: Meanfield.Benchmarks [--quick]                 our work beside a peer's in one run; writes artifacts/bench.json
           Meanfield.Benchmarks --development [OPTIONS]   BenchmarkDotNet on the transforms; its own options, such as --filter '*'
    """);
return 2;
