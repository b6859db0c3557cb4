using BayEdge.Contracts.Events;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>A visit as a tracker tells it, after all corrections so far. All times are true times.</summary>
internal sealed class DecidedVisit(string bay, Vehicle vehicle, DateTimeOffset enteredAt, DateTimeOffset decidedAt)
{
    public string Bay => bay;

    public Vehicle Vehicle { get; private set; } = vehicle;

    public DateTimeOffset EnteredAt { get; private set; } = enteredAt;

    /// <summary>When <see cref="EnteredAt"/> was told with its present value.</summary>
    public DateTimeOffset EnteredToldAt { get; private set; } = decidedAt;

    /// <summary>Null while the vehicle is there.</summary>
    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>When <see cref="LeftAt"/> was told with its present value.</summary>
    public DateTimeOffset LeftToldAt { get; private set; }

    /// <summary>Whether a departure was told and changed or taken back afterwards.</summary>
    public bool DepartureWasCorrected { get; private set; }

    public bool DepartureWasTold { get; private set; }

    /// <summary>Whether the visit never was.</summary>
    public bool IsRetracted { get; private set; }

    /// <summary>Between which instants it entered, by what was told; null when that was not told.</summary>
    public (DateTimeOffset Earliest, DateTimeOffset Latest)? EnteredWithin { get; set; }

    /// <summary>The same of its leaving.</summary>
    public (DateTimeOffset Earliest, DateTimeOffset Latest)? LeftWithin { get; set; }

    public void Identify(Vehicle identified) => Vehicle = identified;

    public void Leave(DateTimeOffset at, DateTimeOffset decided)
    {
        DepartureWasCorrected |= DepartureWasTold && at != LeftAt;
        (LeftAt, LeftToldAt, DepartureWasTold) = (at, decided, true);
    }

    /// <summary>The vehicle has not left after all.</summary>
    public void Reopen()
    {
        DepartureWasCorrected = true;
        LeftAt = null;
    }

    public void CorrectEntering(DateTimeOffset at, DateTimeOffset decided)
    {
        if (at != EnteredAt)
            (EnteredAt, EnteredToldAt) = (at, decided);
    }

    public void Retract()
    {
        DepartureWasCorrected |= DepartureWasTold;
        IsRetracted = true;
    }
}
