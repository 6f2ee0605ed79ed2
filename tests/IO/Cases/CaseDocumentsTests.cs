using System.Text.Json.Nodes;
using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>The published schema and reference follow the program. Set MEANFIELD_WRITE_DOCS=1 to write them anew.</summary>
public class CaseDocumentsTests
{
    [Fact]
    public void The_schema_in_docs_is_the_one_of_the_program() => AssertDocument("case.schema.json", CaseSchema.Json());

    [Fact]
    public void The_reference_in_docs_is_the_one_of_the_program() => AssertDocument("case-file.md", CaseReference.Markdown());

    [Fact]
    public void The_schema_knows_every_key_that_is_written_and_its_defaults()
    {
        var schema = JsonNode.Parse(CaseSchema.Json())!.AsObject();
        var written = CaseWriter.Write(CaseReader.Parse(CaseSamples.Minimal, "small.yaml"));
        var block = "";
        foreach (var line in written.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line.Split(':')[0].Trim(), line.Split(':')[1].Trim());
            var nested = line.StartsWith(' ');
            block = nested ? block : name;
            var key = nested ? schema["properties"]![block]!["properties"]![name] : schema["properties"]![name];
            Assert.NotNull(key);
            Assert.NotEmpty(key["description"]!.GetValue<string>());
            if (key["default"] is { } expected)
                Assert.Equal(value, expected.ToString());
        }

        Assert.Equal(["dimension", "attention", "time"], schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public void Every_object_in_the_schema_is_closed()
    {
        var objects = Descendants(JsonNode.Parse(CaseSchema.Json())!)
            .Where(node => node is JsonObject schema && schema["type"] is JsonValue type && type.ToString() == "object").ToList();
        Assert.Equal(20, objects.Count);
        Assert.All(objects, schema => Assert.False(schema["additionalProperties"]!.GetValue<bool>()));
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node) => node switch
    {
        JsonObject schema => schema.Where(pair => pair.Value is not null).SelectMany(pair => Descendants(pair.Value!)).Prepend(node),
        JsonArray array => array.Where(item => item is not null).SelectMany(item => Descendants(item!)),
        _ => [],
    };

    private static void AssertDocument(string name, string expected)
    {
        var path = Path.Combine(Root(), "docs", name);
        if (Environment.GetEnvironmentVariable("MEANFIELD_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == expected,
            $"docs/{name} is out of step: run the tests once with MEANFIELD_WRITE_DOCS=1 and commit it");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Solver.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("no Solver.sln above the tests");
        return folder.FullName;
    }
}
