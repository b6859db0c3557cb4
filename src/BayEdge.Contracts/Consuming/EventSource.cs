using System.Globalization;
using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.Consuming;

/// <summary>One device in one epoch: within it sequence numbers run from 1 without a gap.</summary>
public readonly record struct EventSource(string Site, string Device, int Epoch)
{
    private const string Root = "bayedge";

    /// <summary>Reads a CloudEvents <c>source</c> of the form <c>/bayedge/{site}/{device}/{epoch}</c>.</summary>
    public static bool TryParse(string text, out EventSource source)
    {
        source = default;
        if (text.Split('/') is not ["", Root, var site, var device, var epochText]
            || !Topics.IsValidId(site)
            || !Topics.IsValidId(device)
            || !int.TryParse(epochText, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
        {
            return false;
        }

        source = new EventSource(site, device, epoch);
        return true;
    }

    public override string ToString() => EventPosition.SourceOf(Site, Device, Epoch);
}
