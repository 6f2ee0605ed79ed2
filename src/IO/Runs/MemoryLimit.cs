using System.Globalization;

namespace Meanfield.IO;

/// <summary>How much memory a run may take.</summary>
/// <param name="Bytes">So many bytes.</param>
public readonly record struct MemoryLimit(long Bytes)
{
    private const double DefaultShare = 0.8;

    private static readonly (string Unit, double Bytes)[] Units =
        [("KiB", 1024), ("MiB", 1048576), ("GiB", 1073741824), ("TiB", 1099511627776), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12)];

    /// <summary>Four fifths of what is free: of the machine's memory, or of what the process's control group leaves, whichever is less.</summary>
    public static MemoryLimit Default => new((long)(DefaultShare * Free()));

    /// <summary>Reads 500MB, 8GB (decimal), 2GiB (binary).</summary>
    /// <exception cref="ArgumentException">Anything else.</exception>
    public static MemoryLimit Parse(string text)
    {
        foreach ((string unit, double bytes) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            bool number = double.TryParse(text.AsSpan(0, text.Length - unit.Length).TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
            if (number && count > 0 && count * bytes < 1e18) return new MemoryLimit((long)(count * bytes));
        }
        throw new ArgumentException($"'{text}' is no size of memory: give a number and a unit, such as 500MB, 8GB or 2GiB");
    }

    /// <summary>A size in words, in decimal units.</summary>
    public static string Text(long bytes) => bytes < 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F2} GB");

    private static long Free()
    {
        long free = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes; // the machine's, or the runtime's own limit
        if (!OperatingSystem.IsLinux()) return free;
        if (Field("/proc/meminfo", "MemAvailable:") is long kilobytes) free = Math.Min(free, 1024 * kilobytes);
        foreach (string folder in ControlGroups())
        {
            if (Number(Path.Combine(folder, "memory.max")) is not long most || Number(Path.Combine(folder, "memory.current")) is not long used) continue;
            long files = Field(Path.Combine(folder, "memory.stat"), "inactive_file") ?? 0; // given back when it is needed
            free = Math.Min(free, Math.Max(0, most - used + files));
        }
        return free;
    }

    // The process's group (version 2) and those around it.
    private static IEnumerable<string> ControlGroups()
    {
        const string Root = "/sys/fs/cgroup";
        string? own = Lines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal))?[3..];
        for (string? group = own; group is not null; group = Path.GetDirectoryName(group))
            yield return Root + group;
    }

    private static long? Field(string file, string name)
    {
        string? line = Lines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.TryParse(line?[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture, out long value) ? value : null;
    }

    private static long? Number(string file) => long.TryParse(Lines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out long value) ? value : null;

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return []; // nothing is known of it
        }
    }
}
