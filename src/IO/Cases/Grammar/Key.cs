namespace Meanfield.IO;

/// <summary>A key of a block, as the schema and the reference need it.</summary>
/// <param name="name">The key in snake_case.</param>
/// <param name="shape">What its value may be.</param>
/// <param name="meaning">What it means, with units.</param>
internal abstract class Key(string name, Shape shape, string meaning)
{
    /// <summary>The key in snake_case.</summary>
    public string Name => name;

    /// <summary>What its value may be.</summary>
    public Shape Shape => shape;

    /// <summary>What it means, with units.</summary>
    public string Meaning => meaning;

    /// <summary>Whether the key must be given.</summary>
    public bool Required { get; init; }

    /// <summary>The default in words, where it is not one value.</summary>
    public string? DefaultInWords { get; init; }

    /// <summary>The value that a missing key has, or null.</summary>
    public CaseNode? Default { get; init; }
}

/// <summary>A key of a block of one type.</summary>
internal abstract class Key<TOwner>(string name, Shape shape, string meaning) : Key(name, shape, meaning)
{
    /// <summary>The owner with the value read.</summary>
    /// <exception cref="CaseException">The value does not have the key's shape.</exception>
    public abstract TOwner Read(TOwner owner, Spot at);

    /// <summary>The value as a node, or null when the owner has none.</summary>
    public abstract CaseNode? Write(TOwner owner);
}

/// <summary>A key of a block and the property it stands for.</summary>
/// <param name="name">The key in snake_case.</param>
/// <param name="shape">What its value may be.</param>
/// <param name="get">The property; null: not given and not written.</param>
/// <param name="set">The owner with another value.</param>
/// <param name="meaning">What it means, with units.</param>
internal sealed class Key<TOwner, TValue>(
    string name, Shape<TValue> shape, Func<TOwner, CaseNode?> get, Func<TOwner, TValue, TOwner> set, string meaning)
    : Key<TOwner>(name, shape, meaning)
{
    /// <inheritdoc/>
    public override TOwner Read(TOwner owner, Spot at) => set(owner, shape.Read(at));

    /// <inheritdoc/>
    public override CaseNode? Write(TOwner owner) => get(owner);
}
