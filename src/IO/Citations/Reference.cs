using System.Text;

namespace Meanfield.IO;

/// <summary>A work to cite.</summary>
/// <param name="Key">BibTeX key.</param>
/// <param name="Kind">BibTeX type: article, inproceedings, book or misc.</param>
/// <param name="Authors">Given name and surname each, in order.</param>
/// <param name="Title">Title.</param>
/// <param name="Year">Year of publication.</param>
public sealed record Reference(string Key, string Kind, IReadOnlyList<string> Authors, string Title, int? Year)
{
    /// <summary>Journal, proceedings or publisher; null where there is none.</summary>
    public string? Venue { get; init; }

    /// <summary>Volume; null where there is none.</summary>
    public string? Volume { get; init; }

    /// <summary>Pages; null where there are none.</summary>
    public string? Pages { get; init; }

    /// <summary>Digital object identifier; null where there is none.</summary>
    public string? Doi { get; init; }

    /// <summary>arXiv identifier; null where there is none.</summary>
    public string? Arxiv { get; init; }

    /// <summary>Version of software; null for other works.</summary>
    public string? Version { get; init; }

    /// <summary>One line for a list of references.</summary>
    public string ToText()
    {
        var text = new StringBuilder($"{string.Join(", ", Authors)}. {Title}");
        if (Version is not null) text.Append(", version ").Append(Version);
        text.Append('.');
        if (Venue is not null) text.Append(' ').Append(Venue).Append(Volume is null ? "" : $" {Volume}").Append(Pages is null ? "" : $", {Pages}").Append('.');
        if (Year is not null) text.Append(System.Globalization.CultureInfo.InvariantCulture, $" {Year}.");
        if (Doi is not null) text.Append(" doi:").Append(Doi);
        if (Arxiv is not null) text.Append(" arXiv:").Append(Arxiv);
        return text.ToString();
    }

    /// <summary>One BibTeX entry, in UTF-8.</summary>
    public string ToBibtex()
    {
        string venue = Kind switch { "article" => "journal", "inproceedings" => "booktitle", "book" => "publisher", _ => "howpublished" };
        (string Name, string? Value)[] fields =
        [
            ("author", string.Join(" and ", Authors.Select(author => author.StartsWith("The ", StringComparison.Ordinal) ? $"{{{author}}}" : author))), ("title", $"{{{Title}}}"),
            (venue, Venue), ("volume", Volume), ("pages", Pages?.Replace("–", "--", StringComparison.Ordinal)),
            ("year", Year?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("doi", Doi), ("eprint", Arxiv), ("archiveprefix", Arxiv is null ? null : "arXiv"), ("version", Version),
        ];
        return $"@{Kind}{{{Key},\n{string.Join(",\n", fields.Where(field => field.Value is not null).Select(field => $"  {field.Name} = {{{field.Value}}}"))}\n}}\n";
    }
}
