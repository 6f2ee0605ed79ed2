namespace Meanfield.IO;

/// <summary>The files of a finished run held against its manifest: damaged, missing, exchanged, or left by another run.</summary>
internal static class ManifestCheck
{
    /// <summary>One finding for the manifest, one for each file, and one for what is beside them.</summary>
    internal static IEnumerable<Finding> Of(RunFolder folder)
    {
        RunManifest? manifest = null;
        yield return Finding.Of(RunManifest.FileName, () =>
        {
            manifest = RunManifest.Read(folder.Path);
            string[] unknown = [.. manifest.Files.Select(file => file.Name).Except(RunFolder.Published)];
            Finding.Require(unknown.Length == 0, $"it names {string.Join(", ", unknown)}, which no run publishes");
            Finding.Require(manifest.Files.Any(file => file == (RunFolder.CaseName, manifest.CaseHash)), $"it is of another case");
            return $"{manifest.Files.Count} files, version {manifest.Version}, case {manifest.CaseHash[..12]}…";
        });
        if (manifest is null) yield break;
        foreach ((string name, string hash) in manifest.Files)
            yield return Finding.Of(name, () => $"{RunManifest.Require(folder.Path, name, hash)} bytes, SHA-256 {hash[..12]}…");
        yield return Finding.Of("other files", () => Others(folder, manifest));
    }

    private static string Others(RunFolder folder, RunManifest manifest)
    {
        string[] own = [.. manifest.Files.Select(file => file.Name), RunManifest.FileName];
        string[] others = [.. Directory.EnumerateFileSystemEntries(folder.Path).Select(entry => Path.GetFileName(entry)!).Except(own).Order(StringComparer.Ordinal)];
        string[] stale = [.. others.Intersect(RunFolder.Published)];
        Finding.Require(stale.Length == 0, $"{string.Join(", ", stale)} is not of this run");
        if (folder.HoldsUnfinished) return "journal and checkpoints of a run killed while it removed them; run --resume removes them";
        return others.Length == 0 ? "none" : $"not of the run and not covered: {string.Join(", ", others)}";
    }
}
