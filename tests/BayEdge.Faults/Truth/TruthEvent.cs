using System.Globalization;

namespace BayEdge.Faults.Truth;

/// <summary>An event as the device's bays decided it, before it has a number.</summary>
/// <param name="Token">Rises from event to event and is never used twice.</param>
/// <param name="Visit">Empty for what speaks of the device.</param>
internal sealed record TruthEvent(long Token, string Bay, string Type, string Visit)
{
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Token},{Bay},{Type},{Visit}");

    public static TruthEvent Parse(string line)
    {
        var parts = line.Split(',');
        return new TruthEvent(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2], parts[3]);
    }
}
