using System.Collections.Immutable;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>What a walk test knows; a value.</summary>
public sealed record WalkState
{
    internal WalkState(WalkPlan plan, ObservedAt startedAt, bool linkIsUp) => (Plan, StartedAt, Now, LinkIsUp) = (plan, startedAt, startedAt, linkIsUp);

    public WalkPlan Plan { get; }

    public ObservedAt StartedAt { get; }

    public ObservedAt Now { get; internal init; }

    /// <summary>When the last item was decided, or the test was stopped; null while it runs.</summary>
    public ObservedAt? EndedAt { get; internal init; }

    internal bool LinkIsUp { get; init; }

    /// <summary>Every visit that began in the bay since the start, the oldest first.</summary>
    internal ImmutableArray<VehicleEntered> Visits { get; init; } = [];

    /// <summary>The last word on the first of them.</summary>
    internal Transition? Latest { get; init; }

    internal VehicleLeft? Left { get; init; }

    internal VisitRetracted? TakenBack { get; init; }

    /// <summary>Visits that began in other bays.</summary>
    internal ImmutableArray<VehicleEntered> Strays { get; init; } = [];

    /// <summary>By bay and by what was read there: a tag or a plate.</summary>
    internal ImmutableDictionary<(string Bay, string Identity), WalkHeard> Heard { get; init; } = ImmutableDictionary<(string, string), WalkHeard>.Empty;

    internal ImmutableArray<(string VisitId, string Type, ObservedAt At)> Told { get; init; } = [];

    internal ImmutableArray<(ConfirmedEvent Event, ObservedAt At)> Confirmed { get; init; } = [];

    /// <summary>When the installer said that the vehicle drives off.</summary>
    public ObservedAt? DrivesOffAt { get; internal init; }

    /// <summary>When the network was first cut, after the arrival had been told.</summary>
    internal ObservedAt? CutAt { get; init; }

    internal ObservedAt? BackAt { get; init; }

    internal VehicleEntered? Visit => Visits.IsEmpty ? null : Visits[0];

    internal TimeSpan Since(ObservedAt at) => Now - at;
}

/// <param name="StrongestDbm">Null for a plate, and where the reader does not tell.</param>
/// <param name="LastAt">When it was last noticed.</param>
internal sealed record WalkHeard(int Times, double? StrongestDbm, ObservedAt LastAt);
