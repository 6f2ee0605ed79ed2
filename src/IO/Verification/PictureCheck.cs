using System.Text;

namespace Meanfield.IO;

/// <summary>The files for ParaView that a case calls for: all there, at the output times of the result, with sidecars that point into them.</summary>
internal static class PictureCheck
{
    /// <summary>The figures.</summary>
    /// <exception cref="InvalidDataException">One is missing, not called for, or of other times.</exception>
    internal static string Of(RunFolder folder, Case @case, ResultFile result)
    {
        var tokenTimes = new List<double>();
        if (result.HasTokens)
            for (int step = 0; step < result.Time.Length; step++)
                if (!double.IsNaN(result.TokenPositions(step)[0, 0])) tokenTimes.Add(result.Time[step]);
        string fields = Picture(folder, "fields", @case.Output.Fields && @case.Dimension <= 3 ? result.Time : []);
        string tokens = Picture(folder, "tokens", @case.Output.Fields ? [.. tokenTimes] : []);
        return $"{fields}, {tokens}";
    }

    private static string Picture(RunFolder folder, string name, double[] times)
    {
        string[] files = [$"{name}.vtkhdf", $"{name}.xdmf", $"{name}.xdmf2"];
        foreach (string file in files)
            Finding.Require(File.Exists(folder.FilePath(file)) == times.Length > 0, $"{file} {(times.Length > 0 ? "is missing" : "is there although the case does not call for it")}");
        if (times.Length == 0) return $"no {name}";
        using Hdf5File image = Hdf5File.OpenRead(folder.FilePath(files[0]));
        Finding.Require(image.ReadVector<double>("VTKHDF/Steps/Values").SequenceEqual(times), $"the times of {files[0]} are not those of result.h5");
        foreach (string sidecar in files[1..])
            Finding.Require(File.ReadAllText(folder.FilePath(sidecar), Encoding.UTF8).Contains($"{files[0]}:/VTKHDF", StringComparison.Ordinal), $"{sidecar} does not point into {files[0]}");
        return FormattableString.Invariant($"{name} at {times.Length} times");
    }
}
