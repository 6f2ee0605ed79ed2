using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Samples density and velocity of snapshots on one mesh, whatever their bandlimits.</summary>
/// <remarks>Every value is the harmonic series itself, evaluated at the mesh point; nothing is interpolated.</remarks>
public abstract class FieldSampler
{
    private readonly Attention _attention;
    private DensityFlow? _flow;

    private protected FieldSampler(Attention attention, FieldMesh mesh, IFourierEngine engine)
    {
        _attention = attention;
        Engine = engine;
        Mesh = mesh;
    }

    /// <summary>The mesh of every frame.</summary>
    public FieldMesh Mesh { get; }

    private protected IFourierEngine Engine { get; }

    /// <summary>A sampler whose mesh shows degrees ≤ <paramref name="degree"/> well; null where fields have no mesh (d ≥ 4).</summary>
    public static FieldSampler? Create(Attention attention, int dimension, int degree, IFourierEngine engine) => dimension switch
    {
        2 => new RingSampler(attention, FourierSize.Next(Math.Max(256, 8 * (degree + 1))), engine),
        3 => new SphereSampler(attention, FourierSize.Next(2 * (Math.Max(degree, 15) + 1), 2), engine),
        _ => null,
    };

    /// <summary>Evaluates one snapshot on the mesh.</summary>
    public FieldFrame Sample(Snapshot snapshot)
    {
        if (_flow?.Basis.Bandlimit != snapshot.Bandlimit) _flow = new DensityFlow(_attention, Grid(snapshot.Bandlimit));
        _flow.EvaluateFields(snapshot.Coefficients);
        var density = new float[Mesh.PointCount];
        var velocity = new float[3 * Mesh.PointCount];
        Fill(_flow, snapshot.Coefficients, density, velocity);
        return new FieldFrame(snapshot.Time, density, velocity, snapshot.Observables.OrderParameter, snapshot.Observables.Mass);
    }

    /// <summary>A grid that holds the mesh points and carries the bandlimit.</summary>
    private protected abstract HarmonicTransform Grid(int bandlimit);

    /// <summary>Copies the fields of the grid to the mesh.</summary>
    private protected abstract void Fill(DensityFlow flow, double[] coefficients, float[] density, float[] velocity);

    /// <summary>How many grid points stand for one of <paramref name="points"/> mesh points, so that degree L does not alias.</summary>
    private protected static int Refinement(int points, int bandlimit) => FourierSize.Next((2 * bandlimit + points) / points);
}
