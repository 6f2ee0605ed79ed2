using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>Whether result.h5 has the layout of docs/results.md: shapes, dimension scales, units and names of every dataset, increasing times, finite numbers.</summary>
/// <remarks>Shapes of coefficients and tokens, the order of the harmonics and the root attributes are required by <see cref="ResultFile.Open"/>.</remarks>
internal static class SchemaCheck
{
    private static readonly string[] AlwaysFinite = ["energy_log_scale", "order_parameter", "variance", "mass", "bandlimit"];

    /// <summary>Findings on times, datasets and finite numbers.</summary>
    internal static IEnumerable<Finding> Of(string path, ResultFile result)
    {
        using Hdf5File file = Hdf5File.OpenRead(path);
        yield return Finding.Of("time", () =>
        {
            double[] time = result.Time;
            Finding.Require(time[0] == 0 && Array.TrueForAll(time, double.IsFinite), $"it starts at {time[0]} or has numbers that are not finite");
            for (int k = 1; k < time.Length; k++) Finding.Require(time[k] > time[k - 1], $"t = {time[k]} follows t = {time[k - 1]}");
            return FormattableString.Invariant($"{time.Length} times, from 0 to {time[^1]:R}, increasing");
        });
        yield return Finding.Of("datasets", () => Datasets(file, result));
        yield return Finding.Of("finite numbers", () => Finite(result));
    }

    private static string Datasets(Hdf5File file, ResultFile result)
    {
        string[] names = [.. result.DiagnosticNames], expected = [.. Diagnostic.All.Select(diagnostic => diagnostic.Name)];
        Finding.Require(names.Order().SequenceEqual(expected.Order()), $"/diagnostics has {string.Join(", ", names.Except(expected))} too many and {string.Join(", ", expected.Except(names))} too few");
        Finding.Require(file.GetText("Conventions") == "CF-1.11", $"Conventions is {file.GetText("Conventions")}");
        Finding.Require(file.ReadVector<int>("coefficient").SequenceEqual(Enumerable.Range(0, result.Basis.Count)), $"/coefficient is not 0, 1, 2, …");
        var layout = new List<(string Path, string[] Scales)> { ("time", []), ("coefficient", []), ("degree", ["coefficient"]), ("order", ["coefficient"]), ("coefficients", ["time", "coefficient"]) };
        layout.AddRange(expected.Select(name => ($"diagnostics/{name}", (string[])["time"])));
        if (result.HasTokens)
            layout.AddRange([("tokens/token", []), ("tokens/axis", []), ("tokens/weights", ["tokens/token"]), ("tokens/positions", ["time", "tokens/token", "tokens/axis"])]);
        foreach ((string path, string[] scales) in layout)
        {
            using Hdf5Dataset dataset = file.Open(path);
            foreach (string attribute in (string[])["units", "long_name"])
                Finding.Require(dataset.HasAttribute(attribute), $"/{path} has no attribute {attribute}");
            for (int axis = 0; axis < scales.Length; axis++)
            {
                using Hdf5Dataset scale = file.Open(scales[axis]);
                Finding.Require(dataset.Shape.Count == scales.Length && dataset.Shape[axis] == scale.Shape[0], $"/{path} has shape [{string.Join(", ", dataset.Shape)}], and /{scales[axis]} {scale.Shape[0]} numbers");
                Finding.Require(dataset.HasScale(scale, axis), $"axis {axis} of /{path} is not /{scales[axis]}");
            }
        }
        return FormattableString.Invariant($"{layout.Count} with their shapes, scales, units and names");
    }

    // Moments of tokens are known up to some degree and NaN from there on; whatever is known is finite.
    private static string Finite(ResultFile result)
    {
        int unknown = 0;
        for (int step = 0; step < result.Time.Length; step++)
        {
            double[] state = result.Coefficients(step);
            int known = Array.FindLastIndex(state, value => !double.IsNaN(value)) + 1;
            int bad = Array.FindIndex(state, 0, known, value => !double.IsFinite(value));
            Finding.Require(known > 0 && bad < 0, $"coefficient {Math.Max(bad, 0)} at t = {result.Time[step]} is not finite");
            unknown = Math.Max(unknown, state.Length - known);
        }
        foreach (string name in AlwaysFinite)
        {
            int bad = Array.FindIndex(result.Diagnostic(name), value => !double.IsFinite(value));
            Finding.Require(bad < 0, $"{name} at t = {result.Time[Math.Max(bad, 0)]} is not finite");
        }
        return FormattableString.Invariant($"all coefficients{(unknown > 0 ? $", but for up to {unknown} of degrees that are not recorded" : "")}; {string.Join(", ", AlwaysFinite)}");
    }
}
