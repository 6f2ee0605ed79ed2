using System.Security.Cryptography;
using System.Text;

namespace Meanfield.IO;

/// <summary>The style and the script of every page, embedded in this library: uPlot (MIT) as npm delivers it, and our own beside it.</summary>
internal static class PageAssets
{
    /// <summary>CSS.</summary>
    public static string Style { get; } = Read("uplot.css") + "\n" + Read("report.css");

    /// <summary>JavaScript, with the licence of what is not ours.</summary>
    public static string Script { get; } = $"/*\nuPlot\n{Read("uplot.licence")}*/\n{Read("uplot.js")}\n{Read("report.js")}";

    /// <summary>Content Security Policy: nothing is fetched, and only these two texts take effect.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src '{Hash(Script)}'; style-src '{Hash(Style)}'; img-src data:; base-uri 'none'; form-action 'none'";

    private static string Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream("pages/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
