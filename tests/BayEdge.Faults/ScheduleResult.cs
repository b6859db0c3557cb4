using BayEdge.Faults.Schedules;

namespace BayEdge.Faults;

/// <summary>What came of one schedule.</summary>
internal sealed record ScheduleResult
{
    public required int Number { get; init; }

    /// <summary>A sentence each; none when the ledger equals the truth.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public IReadOnlyList<FaultKind> Kinds { get; init; } = [];

    /// <summary>Stored by the device.</summary>
    public int Events { get; init; }

    public int Lost { get; init; }

    public int Doubled { get; init; }

    /// <summary>Gone with a journal, and owned up to.</summary>
    public int Declared { get; init; }

    /// <summary>Came to the consumer again and were dropped.</summary>
    public int Repeated { get; init; }

    public int BrokerStarts { get; init; }

    public int DeviceStarts { get; init; }

    public int CentralStarts { get; init; }

    /// <summary>From when everything was mended until everything was confirmed.</summary>
    public double SettledSeconds { get; init; }
}
