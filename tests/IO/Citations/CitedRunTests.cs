using System.Text.RegularExpressions;
using Meanfield.IO;
using Meanfield.Tests.House;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>What runs cite: what they used, and nothing else.</summary>
public partial class CitedRunTests
{
    private static readonly string[] Engines = ["built_in", "mkl", "fftw", "none"];

    public static TheoryData<string, string, string[], string[]> Expected => new()
    {
        { "spectral", "", ["DormandPrince1980", "AurentzTrefethen2017", "BrunoPasqualottoAgazzi2024", "ChenLinPolyanskiyRigollet2025"], ["HochbruckOstermann2005", "PrinceDormand1981", "SteeleLeaFlood2014", "GeshkovskiLetrouitPolyanskiyRigollet2023"] },
        { "spectral", ", noise: 0.1", ["HochbruckOstermann2005", "AurentzTrefethen2017"], ["DormandPrince1980", "PrinceDormand1981", "ChenLinPolyanskiyRigollet2025"] },
        { "characteristics", "", ["PrinceDormand1981", "HairerNorsettWanner1993"], ["DormandPrince1980", "HochbruckOstermann2005", "AurentzTrefethen2017"] },
        { "particles", "", ["PrinceDormand1981", "GeshkovskiLetrouitPolyanskiyRigollet2023"], ["DormandPrince1980", "AurentzTrefethen2017"] },
        { "particles", ", noise: 0.1", ["SteeleLeaFlood2014"], ["PrinceDormand1981", "HairerNorsettWanner1993"] },
        { "perturbation", "", ["BrunoPasqualottoAgazzi2024"], ["DormandPrince1980", "PrinceDormand1981", "HairerNorsettWanner1993", "AurentzTrefethen2017"] },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Runs_cite_what_they_used(string scheme, string noise, string[] cited, string[] others)
    {
        string[] keys = Keys(scheme, noise, "built_in");
        Assert.Equal(["Meanfield", "Rigollet2025"], keys[..2]);
        Assert.Empty(((string[])[.. cited, "HDF5", "Stockham1966"]).Except(keys));
        Assert.Empty(keys.Intersect([.. others, "FrigoJohnson2005", "IntelMkl"]));
    }

    [Fact]
    public void The_engine_that_ran_is_cited()
    {
        Assert.Contains("FrigoJohnson2005", Keys("spectral", "", "fftw"));
        Assert.Contains("IntelMkl", Keys("spectral", "", "mkl"));
        Assert.Empty(Keys("spectral", "", "none").Intersect(["Stockham1966", "FrigoJohnson2005", "IntelMkl"]));
    }

    /// <summary>A hand-over adds the integrator of characteristics, recorded tokens the random numbers.</summary>
    [Fact]
    public void What_came_after_a_handover_is_cited()
    {
        string[] keys = Keys("spectral", "", "built_in", handedOver: true, tokens: true);
        Assert.Empty(((string[])["DormandPrince1980", "PrinceDormand1981", "SteeleLeaFlood2014"]).Except(keys));
    }

    [Fact]
    public void Every_row_is_somebodys_and_well_formed()
    {
        HashSet<string> met = [.. from scheme in (string[])["spectral", "characteristics", "particles", "perturbation"]
                                  from noise in (string[])["", ", noise: 0.1"]
                                  from engine in Engines
                                  from key in Keys(scheme, noise, engine)
                                  select key];
        Assert.Equal(Bibliography.Rows.Count, Bibliography.Rows.Select(row => row.Work.Key).Distinct().Count());
        Assert.All(Bibliography.Rows, row =>
        {
            Reference work = row.Work;
            Assert.Contains(work.Key, met);
            Assert.True(work.Year is null or (> 1950 and < 2100));
            Assert.True(work.Year is not null || work.Kind == "misc");
            Assert.True(work.Kind != "article" || (work.Venue, work.Volume, work.Doi) is (not null, not null, not null), work.Key);
            Assert.True(work.Arxiv is null || Arxiv().IsMatch(work.Arxiv), work.Key);
            Assert.True(work.Doi is null || Doi().IsMatch(work.Doi), work.Key);
            string entry = work.ToBibtex();
            Assert.StartsWith($"@{work.Kind}{{{work.Key},\n", entry, StringComparison.Ordinal);
            Assert.Equal(entry.Count(c => c == '{'), entry.Count(c => c == '}'));
        });
    }

    [Fact]
    public void The_program_is_cited_as_in_its_citation_file()
    {
        string file = File.ReadAllText(Repository.PathOf("CITATION.cff"));
        Reference program = Bibliography.Program(ProgramVersion.Number);
        Assert.Contains($"title: \"{program.Title}\"", file, StringComparison.Ordinal);
        Assert.Contains($"version: {program.Version}", file, StringComparison.Ordinal);
        Assert.Contains($"name: {program.Authors[0]}", file, StringComparison.Ordinal);
    }

    private static string[] Keys(string scheme, string noise, string engine, bool handedOver = false, bool tokens = false)
    {
        Case @case = CaseReader.Parse($"dimension: 2\nattention: {{normalization: none, beta: 3{noise}}}\nmethod: {{scheme: {scheme}}}\ntime: {{until: 1}}\n", "case.yaml");
        CitedRun run = CitedRun.Of(@case, new Provenance { FourierEngine = engine, Hdf5 = "1.10.8" }, handedOver, tokens);
        return [.. run.Citations.Select(citation => citation.Work.Key)];
    }

    [GeneratedRegex(@"^\d{4}\.\d{5}$")]
    private static partial Regex Arxiv();

    [GeneratedRegex(@"^10\.\d{4,}/\S+$")]
    private static partial Regex Doi();
}
