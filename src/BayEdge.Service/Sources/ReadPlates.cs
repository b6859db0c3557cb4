using System.Collections.Immutable;
using BayEdge.Core.Sightings;

namespace BayEdge.Service.Sources;

/// <summary>The plates that the cameras read last, for whoever wants to see how well they do. May be written and read from any thread.</summary>
internal sealed class ReadPlates
{
    private const int Kept = 100;

    private ImmutableList<ReadPlateView> _plates = [];

    /// <summary>The newest first; the same plate read again and again is one.</summary>
    public IReadOnlyList<ReadPlateView> Read() => Volatile.Read(ref _plates);

    public void Saw(PlateSighting seen) => ImmutableInterlocked.Update(ref _plates, static (plates, seen) =>
    {
        var known = plates.FindIndex(plate => plate.Source == seen.Source && plate.Zone == seen.Zone);
        var before = known >= 0 && plates[known].Text == seen.Text ? plates[known] : null;
        // As the bays are told it, so that a reading that begins a visit is not before the visit.
        var at = seen.At.ToMilliseconds().Wall;
        var read = new ReadPlateView(
            seen.Source, seen.Zone, seen.Text, Math.Max(seen.Confidence, before?.Confidence ?? 0), (before?.Readings ?? 0) + 1, before?.First ?? at, at);
        var all = (before is null ? plates : plates.RemoveAt(known)).Insert(0, read);
        return all.Count > Kept ? all.RemoveAt(Kept) : all;
    }, seen);
}

/// <param name="Confidence">The best, 0 to 1.</param>
/// <param name="Readings">How often in a row.</param>
internal sealed record ReadPlateView(string Source, string? Zone, string Text, double Confidence, int Readings, DateTimeOffset First, DateTimeOffset Last);
