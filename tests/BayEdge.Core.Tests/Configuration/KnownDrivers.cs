using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Core.Tests.Configuration;

/// <summary>Drivers that exist by their description only.</summary>
internal static class KnownDrivers
{
    public static DriverCatalogue Catalogue { get; } = new(
    [
        new Described("llrp", SourceKind.Reader,
            Field("address", FieldType.HostAndPort) with { Required = true },
            Field("powerDbm", FieldType.Number) with { Minimum = 0, Maximum = 33, Unit = "dBm" },
            Field("mode", FieldType.Choice) with { Choices = ["auto", "dense"], Default = "auto" }),
        new Described("stream", SourceKind.Camera,
            Field("url", FieldType.Location) with { Required = true },
            Field("password", FieldType.Text) with { Secret = true }),
        new Described("gpio", SourceKind.Presence,
            Field("pin", FieldType.Integer) with { Required = true, Minimum = 0, Maximum = 27 },
            Field("debounceMs", FieldType.Integer) with { Minimum = 0, Default = "50", Unit = "ms" },
            Field("activeLow", FieldType.Boolean) with { Default = "false" }),
    ]);

    private static FieldSpec Field(string key, FieldType type) => new(key, type, new LocalizedText(key, key), new LocalizedText("", ""));

    private sealed class Described(string id, SourceKind kind, params FieldSpec[] fields) : ISourceDriver
    {
        public DriverDescriptor Descriptor { get; } = new(id, kind, new LocalizedText(id, id), [.. fields]) { SwitchesRadio = true };

        public ISource Create(SourceConfiguration configuration) => throw new NotSupportedException("Nothing is connected in these tests.");

        public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing is connected in these tests.");
    }
}
