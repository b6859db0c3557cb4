using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Discovery;

internal static class Discovering
{
    /// <summary>A driver's settings with their defaults.</summary>
    public static DriverSettings Settings(ISourceDriver driver, params (string Key, string Value)[] settings) => DriverSettings.Of(
        [.. driver.Descriptor.Fields.Where(field => field.Default is not null).Select(field => (field.Key, field.Default!)), .. settings]);
}
