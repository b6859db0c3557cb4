using System.Globalization;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>
/// Baseline: a vehicle is in every bay whose antenna has read its tag within the timeout, from the first read to the last. No
/// bay is compared with another.
/// </summary>
/// <remarks>The kind of Rifidi Edge's read zone monitoring, whose default is 2 s.</remarks>
internal sealed class FixedTimeout(TagReads reads, TimeSpan timeout) : TagBaseline(reads)
{
    private readonly Dictionary<(int Vehicle, int Bay), Stay> _stays = [];

    public override string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"fixed {timeout.TotalSeconds:0} s");

    private sealed class Stay(DecidedVisit visit)
    {
        public DecidedVisit Visit => visit;

        public DateTimeOffset LastAt { get; set; }
    }

    protected override void Read(int vehicle, int bay, DateTimeOffset at, double rssiDbm)
    {
        if (!_stays.TryGetValue((vehicle, bay), out var stay) || at - stay.LastAt > timeout)
        {
            if (stay is not null)
                Leave(stay);
            _stays[(vehicle, bay)] = stay = new Stay(Enter(vehicle, bay, at, at));
        }

        stay.LastAt = at;
    }

    // When the silence was long enough does not depend on when it is looked at.
    protected override void EndAt(DateTimeOffset end)
    {
        foreach (var stay in _stays.Values.Where(stay => end - stay.LastAt > timeout))
            Leave(stay);
    }

    private void Leave(Stay stay) => stay.Visit.Leave(stay.LastAt, stay.LastAt + timeout);
}
