using System.Globalization;
using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Core.Delivery;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Service.Demo;

/// <summary>Prints each event when it is confirmed, beside what truly happened.</summary>
internal sealed class DemoReport(GroundTruth truth, TextWriter output) : IDeliveryListener
{
    private readonly List<double> _errorsSeconds = [];
    private readonly List<double> _delaysSeconds = [];
    private int _confirmed;
    private int _wrongVehicle;

    public void Connected(string broker)
    {
        // The demo's own broker; nothing to tell.
    }

    public void Disconnected(string reason) => output.WriteLine($"the broker is away: {reason}");

    public void Confirmed(IReadOnlyList<OutboxEntry> entries)
    {
        foreach (var entry in entries)
        {
            _confirmed++;
            var header = JsonSerializer.Deserialize(entry.Payload.Span, ContractsJson.Wire.CloudEventJsonElement);
            if (EventTypes.IsVisit(header!.Type))
                Print(JsonSerializer.Deserialize(entry.Payload.Span, ContractsJson.Wire.CloudEventVisitData)!);
        }
    }

    public void Summarise()
    {
        output.WriteLine();
        output.WriteLine($"{_confirmed} events confirmed by the consumer, {_wrongVehicle} with a vehicle that was not there");
        if (_errorsSeconds.Count > 0)
            output.WriteLine(Say($"error of the times, median {Median(_errorsSeconds):0.0} s, largest {_errorsSeconds.Max():0.0} s; decided after {Median(_delaysSeconds):0.0} s in the median"));
    }

    private void Print(CloudEvent<VisitData> visit)
    {
        var vehicle = visit.Data.Vehicle;
        var name = vehicle.Plate ?? (vehicle.Tags.Count > 0 ? vehicle.Tags[0] : "unidentified");
        // The list of vehicles lends a plate to the tag that it names; this one a camera has read.
        if (vehicle.PlateConfidence is { } confidence)
            name = Say($"{name} read {confidence:0.00}");
        var delay = (visit.RecordedTime - visit.Time).TotalSeconds;
        var (kind, tells) = visit switch
        {
            { Type: EventTypes.VehicleEntered } => ("entered", Told.Entering),
            { Type: EventTypes.VehicleLeft } => ("left", Told.Leaving),
            { Type: EventTypes.VisitCorrected, Data.StillPresent: true } => ("not left", Told.NoTime),
            { Type: EventTypes.VisitCorrected } => ("corrected", visit.Data.EnteredAt is null ? Told.Entering : Told.Leaving),
            { Type: EventTypes.VisitRetracted } => ("retracted", Told.NoTime),
            _ => ("identified", Told.NoTime),
        };
        output.WriteLine(Say(
            $"{visit.Time:HH:mm:ss.f} {visit.Data.Bay,-7} {kind,-10} {name,-26} {vehicle.Ref,-8} decided +{delay:0.0} s{Truth(visit, tells, delay)}{Stay(visit.Data)}"));
    }

    private string Truth(CloudEvent<VisitData> visit, Told tells, double delay)
    {
        if (tells == Told.NoTime)
            return "";

        var vehicle = visit.Data.Vehicle;
        var identity = vehicle.Ref ?? vehicle.Plate ?? (vehicle.Tags.Count > 0 ? vehicle.Tags[0] : null);
        var isEntering = tells == Told.Entering;
        var found = isEntering ? truth.FindEntered(visit.Data.Bay, visit.Time, identity) : truth.FindLeft(visit.Data.Bay, visit.Time, identity);
        if (found is null)
        {
            _wrongVehicle++;
            return ", but no such vehicle was there";
        }

        var trueTime = isEntering ? found.EnteredAt : found.LeftAt;
        var error = (visit.Time - trueTime).TotalSeconds;
        _errorsSeconds.Add(Math.Abs(error));
        _delaysSeconds.Add(delay);
        return Say($", truth {trueTime:HH:mm:ss.f} ({error:+0.0;-0.0;0.0} s)");
    }

    private static string Stay(VisitData data) =>
        data.OccupiedSeconds is { } seconds ? Say($", stayed {TimeSpan.FromSeconds(seconds):h\\:mm\\:ss}") : "";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Which of its times an event tells.</summary>
    private enum Told
    {
        NoTime,
        Entering,
        Leaving,
    }
}
