using System.Globalization;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;

namespace BayEdge.TestKit;

/// <summary>What the tracker made of a <see cref="BayScenario"/>.</summary>
public sealed record ScenarioOutcome(TrackerState State, IReadOnlyList<Transition> Transitions)
{
    /// <summary>A line for each decision: <c>bay-01 entered 08:00:00</c>, with the physical time.</summary>
    public IReadOnlyList<string> Story => [.. Transitions.Select(Tell)];

    /// <summary>The <see cref="Story"/> without what became known of vehicles in between.</summary>
    public IReadOnlyList<string> ComingsAndGoings => [.. Transitions.Where(transition => transition is not VehicleIdentified).Select(Tell)];

    public VehicleEntered Entered => Transitions.OfType<VehicleEntered>().First();

    public VehicleIdentified Identified => Transitions.OfType<VehicleIdentified>().First();

    public VisitCorrected Corrected => Transitions.OfType<VisitCorrected>().First();

    public VisitRetracted Retracted => Transitions.OfType<VisitRetracted>().First();

    public VehicleLeft Left => Transitions.OfType<VehicleLeft>().First();

    public BayStateMessage Bay(string bay) => BayStates.Of(State).Single(state => state.Bay == bay);

    private static string Tell(Transition transition)
    {
        var what = transition switch
        {
            VehicleEntered => "entered",
            VehicleIdentified => "identified",
            VehicleLeft => "left",
            VisitCorrected { IsStillPresent: true } => "stays after all since",
            VisitCorrected { EnteredAt: null } => "corrected to entered",
            VisitCorrected => "corrected to left",
            VisitRetracted => "retracted",
            _ => transition.GetType().Name,
        };
        return string.Create(CultureInfo.InvariantCulture, $"{transition.Bay} {what} {transition.At.Wall.UtcDateTime:HH:mm:ss.FFF}");
    }
}
