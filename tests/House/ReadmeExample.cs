#pragma warning disable format // as in the README
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Tests.House;

/// <summary>The C# block of the README, compiled.</summary>
internal static class ReadmeExample
{
    public static void Run()
    {
var attention = new Attention(Normalization.None, Beta: 5);
var flow = new DensityFlow(attention, dimension: 3, bandlimit: 31);
var density = new double[flow.Basis.Count];
density[0] = 1;                                     // the uniform density ...
density[flow.Basis.IndexOf(degree: 3, order: -2)] = 0.1; // ... plus 0.1 Y_3,−2
var tendency = new double[flow.Basis.Count];
flow.Tendency(density, tendency);                   // the right-hand side of the PDE
Console.WriteLine($"energy {DensityObserver.Energy(flow, density):F6}, growing at {DensityObserver.Observe(flow, density).Dissipation:F6}");
    }
}
