using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The words of result.h5 for the values of our enumerations.</summary>
internal static class ResultNames
{
    internal const int FormatVersion = 1;

    private static readonly (Normalization Value, string Name)[] Normalizations =
        [(Normalization.Softmax, "softmax"), (Normalization.None, "none")];

    private static readonly (OutcomeKind Value, string Name)[] Outcomes =
        [(OutcomeKind.Completed, "completed"), (OutcomeKind.ResolutionLost, "resolution_lost"), (OutcomeKind.Stopped, "stopped")];

    internal static string Of(Normalization value) => Array.Find(Normalizations, n => n.Value == value).Name;

    internal static string Of(OutcomeKind value) => Array.Find(Outcomes, n => n.Value == value).Name;

    internal static Normalization ParseNormalization(string name, string where) =>
        Parse(Normalizations, name, "normalization", where);

    internal static OutcomeKind ParseOutcome(string name, string where) => Parse(Outcomes, name, "outcome", where);

    private static T Parse<T>((T Value, string Name)[] names, string name, string attribute, string where)
    {
        int index = Array.FindIndex(names, n => n.Name == name);
        return index >= 0
            ? names[index].Value
            : throw new InvalidDataException(
                $"attribute '{attribute}' of {where} is '{name}', not {string.Join(" or ", names.Select(n => n.Name))}");
    }
}
