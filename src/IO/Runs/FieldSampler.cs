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
        2 => new RingSampler(attention, RingPoints(degree), engine),
        3 => new SphereSampler(attention, SphereRows(degree), engine),
        _ => null,
    };

    /// <summary>Points of the mesh that <see cref="Create"/> takes; 0 where there is none.</summary>
    internal static long PointsFor(int dimension, int degree) => dimension switch
    {
        2 => RingPoints(degree),
        3 => 2L * SphereRows(degree) * SphereRows(degree) + 2,
        _ => 0,
    };

    /// <summary>Bytes that sampling snapshots of a bandlimit takes beside the frames.</summary>
    internal static long MemoryBytes(int dimension, int degree, int bandlimit)
    {
        const int Fields = 4; // density, velocity, partition
        if (dimension != 3) return sizeof(double) * 10L * (RingPoints(degree) + 2 * bandlimit);
        int rows = SphereRows(degree), longitudes = 2 * rows * Refinement(2 * rows, bandlimit);
        return SphereTransform.BytesOn(bandlimit, rows, longitudes) + sizeof(double) * ((long)Fields * rows * longitudes + (bandlimit + 1L) * (bandlimit + 1L));
    }

    private static int RingPoints(int degree) => FourierSize.Next(Math.Max(256, 8 * (degree + 1)));

    private static int SphereRows(int degree) => FourierSize.Next(2 * (Math.Max(degree, 15) + 1), 2);

    /// <summary>Evaluates one snapshot on the mesh.</summary>
    public FieldFrame Sample(Snapshot snapshot)
    {
        DensityFlow flow = Evaluate(snapshot);
        var density = new float[Mesh.PointCount];
        var velocity = new float[3 * Mesh.PointCount];
        Fill(flow, snapshot.Coefficients, density, velocity);
        return new FieldFrame(snapshot.Time, density, velocity, snapshot.Observables.OrderParameter, snapshot.Observables.Mass);
    }

    /// <summary>The axes of the grid behind the mesh: lat and lon, or theta.</summary>
    internal abstract IReadOnlyList<FieldAxis> Axes { get; }

    /// <summary>Weight of each grid point; their sum is 1.</summary>
    internal abstract double[] Weights { get; }

    /// <summary>The fields that <see cref="SampleGrid"/> gives.</summary>
    internal abstract IReadOnlyList<(string Name, string LongName)> FieldNames { get; }

    /// <summary>Evaluates one snapshot on the grid in full precision: an array per field, the last axis running fastest.</summary>
    internal double[][] SampleGrid(Snapshot snapshot)
    {
        DensityFlow flow = Evaluate(snapshot);
        var fields = new double[FieldNames.Count][];
        for (int i = 0; i < fields.Length; i++) fields[i] = new double[Weights.Length];
        FillGrid(flow, fields);
        return fields;
    }

    private DensityFlow Evaluate(Snapshot snapshot)
    {
        if (_flow?.Basis.Bandlimit != snapshot.Bandlimit) _flow = new DensityFlow(_attention, Grid(snapshot.Bandlimit));
        _flow.EvaluateFields(snapshot.Coefficients);
        return _flow;
    }

    /// <summary>A grid that holds the mesh points and carries the bandlimit.</summary>
    private protected abstract HarmonicTransform Grid(int bandlimit);

    /// <summary>Copies the fields of the grid to the mesh.</summary>
    private protected abstract void Fill(DensityFlow flow, double[] coefficients, float[] density, float[] velocity);

    /// <summary>Copies the fields of the finer grid to the grid.</summary>
    private protected abstract void FillGrid(DensityFlow flow, double[][] fields);

    /// <summary>How many grid points stand for one of <paramref name="points"/> mesh points, so that degree L does not alias.</summary>
    private protected static int Refinement(int points, int bandlimit) => FourierSize.Next((2 * bandlimit + points) / points);
}
