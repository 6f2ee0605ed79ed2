namespace Meanfield.IO;

/// <summary>Writes cases with every default spelled out, keys always in the same order.</summary>
public static class CaseWriter
{
    /// <summary>The case as YAML; <see cref="CaseReader.Parse"/> gives an equal case back when the name is the same.</summary>
    /// <param name="value">A case that the reader would accept.</param>
    public static string Write(Case value) => NodePrinter.Document((MappingNode)CaseGrammar.Case.Write(value));
}
