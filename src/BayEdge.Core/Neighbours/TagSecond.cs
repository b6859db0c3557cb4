using System.Collections.Immutable;
using BayEdge.Contracts.Neighbours;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Neighbours;

/// <summary>What this device's readers heard within one second.</summary>
/// <param name="Number">Which second of the computer's present start, from 0.</param>
/// <param name="End">When the second ended, on the device's clocks.</param>
/// <param name="Tags">Those of vehicles in a visit first, then the strongest; empty when the device only says that it lives.</param>
public sealed record TagSecond(long Number, ObservedAt End, ImmutableArray<NeighbourTag> Tags)
{
    /// <summary>The report of it, made at the moment of sending; null when that is too late.</summary>
    public NeighbourReport? Report(string device, string bootId, ObservedAt now, NeighbourOptions options) => now - End > options.LongestWait
        ? null
        : new NeighbourReport
        {
            Device = device,
            BootId = bootId,
            Number = Number,
            AgeMs = Math.Max(0, (int)(now - End).TotalMilliseconds),
            Tags = Tags,
        };
}
