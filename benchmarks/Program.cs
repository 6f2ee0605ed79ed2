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
bool quick = args.Contains("--quick");
string[] only = [.. args.Where(arg => arg != "--quick")];
if (only.All(Session.Groups.Contains))
    return Session.Run(quick, only);
Console.Error.WriteLine($"""
    usage: Meanfield.Benchmarks [--quick] [GROUP...]      our work beside a peer's in one run; all groups together write artifacts/bench.json
           Meanfield.Benchmarks --development [OPTIONS]   BenchmarkDotNet on the transforms; its own options, such as --filter '*'
    groups: {string.Join(", ", Session.Groups)}
    """);
return 2;
