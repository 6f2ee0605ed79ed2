using System.Globalization;
using System.Text;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>A run as tables: NAME.csv with a row per output time, NAME.coefficients.csv and NAME.tokens.csv with a row per coefficient or token and time.</summary>
internal static class CsvTables
{
    /// <summary>Writes the tables, full precision, one snapshot in memory at a time.</summary>
    /// <returns>The files written.</returns>
    /// <exception cref="IOException">A file could not be written.</exception>
    internal static IReadOnlyList<string> Write(string path, RunAssembly run)
    {
        string coefficients = Path.ChangeExtension(path, ".coefficients.csv"), tokens = Path.ChangeExtension(path, ".tokens.csv");
        SnapshotHistory snapshots = run.Snapshots;
        int dimension = run.Case.Dimension;
        run.WriteSeries(path);
        var basis = new HarmonicBasis(dimension, snapshots.Outlines.Max(outline => outline.Bandlimit));
        WriteRows(coefficients, "time,degree,order,value", snapshots, (snapshot, row) =>
        {
            for (int i = 0; i < snapshot.Coefficients.Length; i++)
                row([basis.DegreeOf(i), basis.OrderOf(i), snapshot.Coefficients[i]]);
        });
        if (snapshots.PositionCount == 0) return [path, coefficients];
        string axes = string.Concat(Enumerable.Range(1, dimension).Select(axis => $",x{axis}"));
        WriteRows(tokens, "time,token,cluster" + axes, snapshots, (snapshot, row) =>
        {
            var numbers = new double[dimension + 2];
            for (int token = 0; token * dimension < snapshot.Positions?.Length; token++)
            {
                (numbers[0], numbers[1]) = (token, snapshot.ClusterIds?[token] ?? double.NaN); // NaN: not counted
                snapshot.Positions.AsSpan(token * dimension, dimension).CopyTo(numbers.AsSpan(2));
                row(numbers);
            }
        });
        return [path, coefficients, tokens];
    }

    private static void WriteRows(string path, string heading, SnapshotHistory snapshots, Action<Snapshot, Action<double[]>> write) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(heading);
        for (int number = 0; number < snapshots.Count; number++)
        {
            Snapshot snapshot = snapshots[number];
            string time = Text(snapshot.Time);
            write(snapshot, numbers =>
            {
                text.Write(time);
                foreach (double value in numbers)
                {
                    text.Write(',');
                    text.Write(Text(value));
                }

                text.WriteLine();
            });
        }
    });

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
