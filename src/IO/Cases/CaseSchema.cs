using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>The JSON Schema (draft 2020-12) of case files, for editors.</summary>
/// <remarks>It holds every rule about single keys; rules between keys are in their descriptions.</remarks>
public static class CaseSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as indented JSON, ending in a line break.</summary>
    public static string Json()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Meanfield case",
        };
        foreach (var (name, value) in CaseGrammar.Case.Schema())
            schema[name] = value?.DeepClone();
        return schema.ToJsonString(Options) + "\n";
    }
}
