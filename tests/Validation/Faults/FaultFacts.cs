using Xunit;

namespace Meanfield.Tests.Validation;

/// <summary>A fact that builds the program: `make test-faults` (MEANFIELD_FAULTS=1) only.</summary>
public sealed class FaultFactAttribute : FactAttribute
{
    internal const string Reason = "builds the program again: make test-faults";

    /// <summary>Skipped unless asked for.</summary>
    public FaultFactAttribute()
    {
        if (!Wanted) Skip = Reason;
    }

    internal static bool Wanted => Environment.GetEnvironmentVariable("MEANFIELD_FAULTS") == "1";
}

/// <summary>A theory that builds the program: `make test-faults` (MEANFIELD_FAULTS=1) only.</summary>
public sealed class FaultTheoryAttribute : TheoryAttribute
{
    /// <summary>Skipped unless asked for.</summary>
    public FaultTheoryAttribute()
    {
        if (!FaultFactAttribute.Wanted) Skip = FaultFactAttribute.Reason;
    }
}
