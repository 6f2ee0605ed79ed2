using System.Text;

namespace Meanfield.IO;

/// <summary>The reference of case files, docs/case-file.md.</summary>
public static class CaseReference
{
    private const string Introduction = """
        # Case file

        A case file says what to solve and how. It is YAML 1.2 in UTF-8, at most 1 MiB, one document, without tags, anchors and
        aliases. The keys below are all there are: an unknown key, a missing key or a value out of range is an error with its line, its
        column, the path of the key and what is allowed, and the exit code is 2.

        The smallest case, whose initial state is uniform:

        ```yaml
        dimension: 3
        attention: {normalization: softmax, beta: 9}
        time: {until: 20}
        ```

        - `--set path=value` gives a key another value for one run, such as `--set attention.beta=7`,
          `--set 'initial.modes[0].amplitude=0.1'` or `--set 'initial={tokens: {count: 500}}'`. Values are YAML. Missing blocks are
          made, missing list items are not. Several are applied in order, and errors name the one at fault.
        - Numbers are finite: `5`, `.5`, `1e-8`, `1.0e-8`. Whole numbers may be written `1e4`.
        - Densities are relative to the uniform measure, harmonics are orthonormal in it, time is the model's own;
          every quantity is dimensionless.
        - The run folder gets the case with every default written out.
        - `case.schema.json` beside this page lets editors complete and check cases; with the YAML language server, begin a case
          with `# yaml-language-server: $schema=` and the path of the schema. The rules between keys, such as the length of an axis,
          are only checked by the program.

        """;

    /// <summary>The page as Markdown, ending in a line break.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder(Introduction).Append("\n## The whole file\n");
        AppendBlock(page, "", CaseGrammar.Case);
        return page.ToString();
    }

    private static void AppendBlock(StringBuilder page, string path, IBlock block)
    {
        page.Append("\n| Key | Meaning | Allowed | Default |\n| --- | --- | --- | --- |\n");
        foreach (var key in block.Keys)
            page.Append($"| `{key.Name}` | {Cell(key.Meaning)} | {Cell(Allowed(key.Shape))} | {Cell(Default(key))} |\n");
        foreach (var key in block.Keys)
            AppendSection(page, path.Length == 0 ? key.Name : $"{path}.{key.Name}", key.Shape);
    }

    private static void AppendSection(StringBuilder page, string path, Shape shape)
    {
        var (suffix, block) = shape is IList list ? ("[]", list.ItemShape as IBlock) : ("", shape as IBlock);
        if (block is null)
            return;
        page.Append($"\n## `{path}{suffix}`\n");
        AppendBlock(page, path + suffix, block);
    }

    private static string Allowed(Shape shape) => shape is IBlock ? "a mapping, below" : shape.Allowed;

    private static string Default(Key key) => key.Required ? "required"
        : key.DefaultInWords ?? $"`{NodePrinter.Inline(key.Default!)}`";

    private static string Cell(string text) => text.Replace("|", "\\|");
}
