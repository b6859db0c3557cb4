using BayEdge.Core.Bays;
using BayEdge.Core.Recording;
using BayEdge.Service.Status;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Commissioning;

/// <summary>What the tracker makes of what was recorded.</summary>
internal sealed record ReplayedMinutes(int Arrivals, int Departures, int TakenBack)
{
    /// <summary>Lets the tracker decide once more over the whole recording, and counts what happened since an instant.</summary>
    public static ReplayedMinutes? Of(IEnumerable<RecordedSegment> segments, DateTimeOffset from)
    {
        var player = new RecordingPlayer(HealthReporter.Version);
        var (any, arrivals, departures, takenBack) = (false, 0, 0, 0);
        foreach (var segment in segments)
        {
            any = true;
            player.BeginSegment();
            foreach (var transition in segment.Lines.SelectMany(line => player.Play(line).Transitions).Where(transition => transition.DecidedAt.Wall >= from))
            {
                arrivals += transition is VehicleEntered ? 1 : 0;
                departures += transition is VehicleLeft ? 1 : 0;
                takenBack += transition is VisitRetracted or VisitCorrected { IsStillPresent: true } ? 1 : 0;
            }
        }

        return any ? new ReplayedMinutes(arrivals, departures, takenBack) : null;
    }
}
