using BayEdge.Core.Bays;
using BayEdge.Core.Recording;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Tests.Recording;

/// <summary>What replays decide, to be compared with what a device decided.</summary>
internal static class Replays
{
    /// <summary>The version that the devices of these tests record with.</summary>
    public const string Product = "1.0.0";

    public static (List<Transition> Decided, List<Remark> Remarks) Of(IEnumerable<RecordedSegment> segments)
    {
        var player = new RecordingPlayer(Product);
        var (decided, remarks) = (new List<Transition>(), new List<Remark>());
        foreach (var segment in segments)
        {
            player.BeginSegment();
            foreach (var played in segment.Lines.Select(player.Play))
            {
                decided.AddRange(played.Transitions);
                remarks.AddRange(played.Remarks);
            }
        }

        return (decided, remarks);
    }

    /// <summary>A decision with its instants to the tick, and why.</summary>
    public static string Tell(Transition transition) =>
        $"{transition.GetType().Name} {transition.VisitId} {transition.At} {transition.DecidedAt} {string.Join("; ", transition.Evidence)}";
}
