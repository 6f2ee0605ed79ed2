using Meanfield.Tests.House;
using Xunit;

namespace Meanfield.Tests;

/// <summary>A fact about data that lie beside the checkout (../shared/data/NAME); where they are missing it is skipped, and says so.</summary>
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <param name="name">Folder of the data.</param>
    public SharedDataFactAttribute(string name)
    {
        if (!Directory.Exists(PathOf(name)))
            Skip = $"the data {name} are not at {PathOf(name)}: set MEANFIELD_SHARED to the folder that has data/{name}";
    }

    /// <summary>Where the data are.</summary>
    public static string PathOf(string name) =>
        Path.Combine(Environment.GetEnvironmentVariable("MEANFIELD_SHARED") ?? Path.Combine(Repository.Root, "..", "shared"), "data", name);
}
