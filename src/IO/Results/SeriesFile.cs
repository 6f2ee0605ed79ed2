using System.Globalization;
using System.Text;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>series.csv: every diagnostic at every output time, in full precision.</summary>
internal static class SeriesFile
{
    /// <summary>Publishes the series.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal static void Write(string path, IReadOnlyList<SnapshotOutline> snapshots)
    {
        var text = new StringBuilder("time");
        foreach (Diagnostic column in Diagnostic.All) text.Append(',').Append(column.Name);
        foreach (SnapshotOutline snapshot in snapshots)
        {
            text.Append('\n').Append(snapshot.Time.ToString("R", CultureInfo.InvariantCulture));
            foreach (Diagnostic column in Diagnostic.All)
                text.Append(',').Append(column.Read(snapshot.Observables).ToString("R", CultureInfo.InvariantCulture));
        }
        AtomicFile.WriteText(path, text.Append('\n').ToString());
    }
}
