using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>What a value in a case file may look like.</summary>
/// <remarks>The one declaration that reading, writing, the schema and the reference follow.</remarks>
internal abstract class Shape
{
    /// <summary>What is allowed, to be read after "must be".</summary>
    public abstract string Allowed { get; }

    /// <summary>The same as JSON Schema.</summary>
    public abstract JsonObject Schema();
}

/// <summary>The shape of values of one type.</summary>
/// <typeparam name="T">The type.</typeparam>
internal abstract class Shape<T> : Shape
{
    /// <summary>Reads a value.</summary>
    /// <exception cref="CaseException">The node does not have this shape.</exception>
    public abstract T Read(Spot at);

    /// <summary>The node that reads as this value.</summary>
    public abstract CaseNode Write(T value);

    /// <summary>A scalar written by the program.</summary>
    protected static ScalarNode Scalar(string text, bool plain = true) => new(default, text, plain);
}
