using System.Text.Json;

namespace Meanfield.IO;

/// <summary>One thing that a verification looked at.</summary>
/// <param name="Check">What, in a word or two.</param>
/// <param name="Holds">Whether it is as it should be; null where it could not be looked at or nothing is promised.</param>
/// <param name="Figures">What was found, with numbers.</param>
public sealed record Finding(string Check, bool? Holds, string Figures)
{
    /// <summary>Looks at something.</summary>
    /// <param name="check">What, in a word or two.</param>
    /// <param name="look">Returns the figures, or throws <see cref="InvalidDataException"/> with what is wrong.</param>
    internal static Finding Of(string check, Func<string> look)
    {
        try
        {
            return new Finding(check, true, look());
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException or CaseException or JsonException)
        {
            return new Finding(check, false, problem.Message);
        }
    }

    /// <summary>Throws unless something holds.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    internal static void Require(bool holds, FormattableString otherwise)
    {
        if (!holds) throw new InvalidDataException(FormattableString.Invariant(otherwise));
    }
}
