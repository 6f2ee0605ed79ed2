using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Meanfield.IO;

namespace Meanfield.Validation;

/// <summary>The JSON Schema of report.json, drawn from the types that are written.</summary>
public static class ValidationSchema
{
    /// <summary>The schema, indented.</summary>
    public static string Json()
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = NumberOrNull };
        JsonNode schema = JsonText.Layout.GetJsonSchemaAsNode(typeof(ValidationReport), options);
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["title"] = "report.json of meanfield validate";
        return schema.ToJsonString(JsonText.Layout) + "\n";
    }

    // Numbers that do not exist are null (JsonText).
    private static JsonNode NumberOrNull(JsonSchemaExporterContext context, JsonNode schema) =>
        context.TypeInfo.Type == typeof(double) ? new JsonObject { ["type"] = new JsonArray("number", "null") } : schema;
}
