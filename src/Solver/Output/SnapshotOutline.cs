namespace Meanfield.Solver;

/// <summary>A snapshot without its state: small enough to be kept of every output time.</summary>
/// <param name="Time">The model's own time.</param>
/// <param name="Bandlimit">Largest degree of its coefficients.</param>
/// <param name="IsTruncated">As <see cref="Snapshot.IsTruncated"/>.</param>
/// <param name="CoefficientCount">Number of its coefficients.</param>
/// <param name="PositionCount">Numbers in its recorded positions, n·d; 0 for none.</param>
/// <param name="Observables">Scalars at this time.</param>
public sealed record SnapshotOutline(double Time, int Bandlimit, bool IsTruncated, int CoefficientCount, int PositionCount, Observables Observables)
{
    /// <summary>The outline of a snapshot.</summary>
    public static SnapshotOutline Of(Snapshot snapshot) => new(
        snapshot.Time, snapshot.Bandlimit, snapshot.IsTruncated, snapshot.Coefficients.Length, snapshot.Positions?.Length ?? 0, snapshot.Observables);
}
