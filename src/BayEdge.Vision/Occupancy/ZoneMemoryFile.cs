using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Configuration;

namespace BayEdge.Vision.Occupancy;

/// <summary>A <see cref="ZoneMemory"/> as it is kept beyond a restart: JSON, at most some 60 kB.</summary>
internal sealed record ZoneMemoryFile
{
    private const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The zone's corners when it was learned: of a zone that was drawn anew nothing is known.</summary>
    public required ImmutableArray<double> Corners { get; init; }

    public required ImmutableArray<byte[]> Empty { get; init; }

    public required ImmutableArray<float> ChangesWhenEmpty { get; init; }

    public required int VisitsWhenEmpty { get; init; }

    public required ImmutableArray<float> ChangesWhenOccupied { get; init; }

    public required int VisitsWhenOccupied { get; init; }

    public required Scatter OfEmpty { get; init; }

    public required Scatter OfOccupied { get; init; }

    public required int Confirmed { get; init; }

    public static byte[] Write(ZoneMemory memory, ZoneConfiguration zone) => JsonSerializer.SerializeToUtf8Bytes(
        new ZoneMemoryFile
        {
            Version = CurrentVersion,
            Corners = CornersOf(zone),
            Empty = [.. memory.Empty.Select(appearance => appearance.ToBytes())],
            ChangesWhenEmpty = memory.WhenEmpty.Sums,
            VisitsWhenEmpty = memory.WhenEmpty.Visits,
            ChangesWhenOccupied = memory.WhenOccupied.Sums,
            VisitsWhenOccupied = memory.WhenOccupied.Visits,
            OfEmpty = memory.OfEmpty,
            OfOccupied = memory.OfOccupied,
            Confirmed = memory.Confirmed,
        },
        ZoneMemoryJson.Default.ZoneMemoryFile);

    /// <summary>What was kept of the zone; a new memory when it is none that this version can read, or of another zone.</summary>
    public static ZoneMemory Read(byte[]? content, ZoneConfiguration zone)
    {
        if (Parse(content) is not { Version: CurrentVersion } file || !file.Corners.SequenceEqual(CornersOf(zone)) || !file.IsWhole)
            return new ZoneMemory();
        return new ZoneMemory(
            file.Empty.Select(bytes => ZoneAppearance.FromBytes(bytes)).OfType<ZoneAppearance>(),
            new CellCounts(file.ChangesWhenEmpty, file.VisitsWhenEmpty),
            new CellCounts(file.ChangesWhenOccupied, file.VisitsWhenOccupied),
            file.OfEmpty,
            file.OfOccupied,
            file.Confirmed);
    }

    private bool IsWhole =>
        ChangesWhenEmpty.Length == ZoneAppearance.Cells
        && ChangesWhenOccupied.Length == ZoneAppearance.Cells
        && ChangesWhenEmpty.Concat(ChangesWhenOccupied).All(float.IsFinite)
        && OfEmpty.IsUsable && OfOccupied.IsUsable
        && Math.Min(VisitsWhenEmpty, VisitsWhenOccupied) >= 0 && Confirmed >= 0;

    private static ImmutableArray<double> CornersOf(ZoneConfiguration zone) => [.. zone.Polygon.SelectMany(corner => new[] { corner.X, corner.Y })];

    private static ZoneMemoryFile? Parse(byte[]? content)
    {
        try
        {
            return content is null ? null : JsonSerializer.Deserialize(content, ZoneMemoryJson.Default.ZoneMemoryFile);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ZoneMemoryFile))]
internal sealed partial class ZoneMemoryJson : JsonSerializerContext;
