using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>A mapping with known keys, as the schema and the reference need it.</summary>
internal interface IBlock
{
    /// <summary>Its keys, in the order they are written.</summary>
    IReadOnlyList<Key> Keys { get; }
}

/// <summary>A mapping whose keys are the properties of a record.</summary>
/// <param name="start">The record before any key is read: it holds the defaults.</param>
internal sealed class Block<T>(T start) : Shape<T>, IBlock
{
    private readonly List<Key<T>> keys = [];

    /// <summary>Whether at most one key may be given.</summary>
    public bool Exclusive { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<Key> Keys => keys;

    /// <inheritdoc/>
    public override string Allowed =>
        $"a mapping with {(Exclusive ? "one of the keys" : keys.Count == 1 ? "the key" : "the keys")} {Names}";

    private string Names => string.Join(", ", keys.Select(key => key.Name));

    /// <summary>Adds a key that has a default.</summary>
    public Block<T> Add<TValue>(
        string name, Shape<TValue> shape, Func<T, TValue> get, Func<T, TValue, T> set, string meaning,
        string? defaultInWords = null)
    {
        keys.Add(new Key<T, TValue>(name, shape, owner => shape.Write(get(owner)), set, meaning)
        {
            DefaultInWords = defaultInWords,
            Default = defaultInWords is null ? shape.Write(get(start)) : null,
        });
        return this;
    }

    /// <summary>Adds a key that must be given.</summary>
    public Block<T> AddRequired<TValue>(
        string name, Shape<TValue> shape, Func<T, TValue> get, Func<T, TValue, T> set, string meaning)
    {
        keys.Add(new Key<T, TValue>(name, shape, owner => shape.Write(get(owner)), set, meaning) { Required = true });
        return this;
    }

    /// <summary>Adds a key that need not be given and is not written when its property is null.</summary>
    public Block<T> AddOptional<TValue>(
        string name, Shape<TValue> shape, Func<T, TValue?> get, Func<T, TValue, T> set, string meaning, string defaultInWords)
        where TValue : class
    {
        keys.Add(new Key<T, TValue>(name, shape, owner => get(owner) is { } value ? shape.Write(value) : null, set, meaning)
        {
            DefaultInWords = defaultInWords,
        });
        return this;
    }

    /// <inheritdoc/>
    public override T Read(Spot at) => Read(at, start);

    /// <summary>Reads the mapping over other defaults.</summary>
    /// <exception cref="CaseException">The node is not such a mapping.</exception>
    public T Read(Spot at, T defaults)
    {
        if (at.Node is not MappingNode mapping)
            throw at.Not(Allowed);
        foreach (var entry in mapping.Entries)
            CheckKnown(at, entry);
        if (Exclusive && mapping.Entries.Count > 1)
        {
            var (first, second) = (mapping.Entries[0], mapping.Entries[1]);
            throw new CaseException(at.File, second.Place, at.PathOf(second.Key),
                $"cannot be given beside {at.PathOf(first.Key)}; give one of {Names}");
        }

        var value = defaults;
        foreach (var key in keys)
        {
            if (mapping.Find(key.Name) is { } entry)
                value = key.Read(value, at.Under(entry));
            else if (key.Required)
                throw new CaseException(
                    at.File, mapping.Place, at.PathOf(key.Name), $"is missing; it must be {key.Shape.Allowed}");
        }

        return value;
    }

    /// <inheritdoc/>
    public override CaseNode Write(T value)
    {
        var mapping = new MappingNode(default);
        foreach (var key in keys)
        {
            if (key.Write(value) is { } node)
                mapping.Entries.Add(new Entry(key.Name, default, node));
        }

        return mapping;
    }

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            var schema = key.Shape.Schema();
            schema["description"] = key.Meaning;
            if (key.Default is ScalarNode value)
                schema["default"] = value.Json();
            properties[key.Name] = schema;
        }

        var block = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (keys.Exists(key => key.Required))
            block["required"] = new JsonArray([.. keys.Where(key => key.Required).Select(key => JsonValue.Create(key.Name))]);
        if (Exclusive)
            block["maxProperties"] = 1;
        return block;
    }

    private void CheckKnown(Spot at, Entry entry)
    {
        if (keys.Exists(key => key.Name == entry.Key))
            return;
        throw new CaseException(at.File, entry.Place, at.PathOf(Quote.Short(entry.Key)),
            $"is not a known key{Suggestion.For(entry.Key, keys.Select(key => key.Name))}; the keys here are {Names}");
    }
}
