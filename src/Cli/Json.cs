using Meanfield.IO;

namespace Meanfield.Cli;

/// <summary>JSON on standard output, in the layout of every report.</summary>
internal static class Json
{
    public static void Print<T>(T value) => Console.Out.WriteLine(Text(value));

    public static string Text<T>(T value) => JsonText.Of(value);
}
