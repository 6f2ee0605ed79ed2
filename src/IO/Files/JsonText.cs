using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Meanfield.IO;

/// <summary>JSON for reports: snake_case names, numbers in full precision, null where a number does not exist.</summary>
public static class JsonText
{
    /// <summary>The layout of every report.</summary>
    public static JsonSerializerOptions Layout { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new FiniteOrNull(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Writes a value.</summary>
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Layout);

    /// <summary>Reads what <see cref="Of"/> wrote; null becomes NaN.</summary>
    /// <exception cref="InvalidDataException">The text is not the JSON of such a value.</exception>
    public static T Read<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Layout) ?? throw new InvalidDataException("null is no report");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException(problem.Message, problem);
        }
    }

    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value); else writer.WriteNullValue();
        }
    }
}
