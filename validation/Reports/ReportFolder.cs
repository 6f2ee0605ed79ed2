using Meanfield.IO;

namespace Meanfield.Validation;

/// <summary>The folder of a validation: claims/V01.json, … as they are done, report.json and report.html at the end; every file is published whole.</summary>
public sealed class ReportFolder
{
    private readonly string _path;

    /// <summary>Opens a folder, creating it where it is missing.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public ReportFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.Combine(path, "claims"));
    }

    /// <summary>The report of a claim from an earlier validation; null where there is none of this level, seed and program, or it cannot be read.</summary>
    public ClaimReport? Find(string id, Level level, ulong seed)
    {
        string path = FileOf(id);
        if (!File.Exists(path)) return null;
        try
        {
            ClaimReport report = JsonText.Read<ClaimReport>(File.ReadAllText(path));
            return report.Level == level && report.Seed == seed && report.Version == ValidationReport.ProgramVersionText ? report : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Publishes the report of one claim.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Publish(ClaimReport report) => AtomicFile.WriteText(FileOf(report.Claim.Id), JsonText.Of(report) + "\n");

    /// <summary>Publishes report.json and report.html.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Publish(ValidationReport report)
    {
        AtomicFile.WriteText(Path.Combine(_path, "report.json"), JsonText.Of(report) + "\n");
        ValidationHtml.Of(report).Write(Path.Combine(_path, "report.html"));
    }

    private string FileOf(string id) => Path.Combine(_path, "claims", id + ".json");
}
