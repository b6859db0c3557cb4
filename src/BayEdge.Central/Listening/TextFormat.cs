using System.Globalization;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;

namespace BayEdge.Central.Listening;

/// <summary>Lines for a person.</summary>
internal sealed class TextFormat(TimeZoneInfo zone) : IListenFormat
{
    public string Event(ReceivedEvent received)
    {
        var what = received switch
        {
            { Visit: { } visit } => Words(visit.Vehicle) + StillPresent(visit) + Provisional(visit) + Because(visit.Reason),
            { Gap: { } gap } => $"{gap.Reason}, from {Local(gap.From)} to {Local(gap.To)}",
            _ => "",
        };
        var (site, device, _) = received.Source;
        return Line(received.Envelope.Time, site, device, received.Envelope.Subject, Word(received.Type), what);
    }

    public string Visit(Visit visit) =>
        Line(visit.Left!.At, visit.Site, visit.Device, visit.Bay, "visit", $"{Words(visit.Vehicle)}  {Duration(visit.OccupiedSeconds)}");

    public string Summary(ListenSummary summary) => string.Create(
        CultureInfo.InvariantCulture,
        $"events {summary.Events}, duplicates {summary.Duplicates}, gaps {summary.Gaps} (events missing {summary.Missing}), "
        + $"malformed {summary.Malformed}, visits {summary.Visits}");

    /// <summary><c>h:mm:ss</c>, in as many hours as it takes.</summary>
    internal static string Duration(double? seconds)
    {
        if (seconds is not { } known)
            return "duration unknown";

        var whole = (long)Math.Round(known, MidpointRounding.AwayFromZero);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}");
    }

    private static string Word(string type) => type switch
    {
        EventTypes.VehicleEntered => "entered",
        EventTypes.VehicleIdentified => "identified",
        EventTypes.VehicleLeft => "left",
        EventTypes.VisitCorrected => "corrected",
        EventTypes.VisitRetracted => "retracted",
        EventTypes.DeviceGap => "gap",
        _ => type,
    };

    private static string Words(Vehicle vehicle)
    {
        var name = vehicle.Plate ?? (vehicle.Tags.Count > 0 ? string.Join('+', vehicle.Tags) : null);
        return (name, vehicle.Ref) switch
        {
            (null, null) => "unidentified",
            (null, var reference) => reference,
            (_, null) => name,
            _ => $"{name} ({vehicle.Ref})",
        };
    }

    private static string StillPresent(VisitData visit) => visit.StillPresent ? ", has not left after all" : "";

    private static string Provisional(VisitData visit) => visit.Provisional ? " (provisional)" : "";

    private static string Because(string? reason) => reason is null ? "" : $": {reason}";

    private string Line(DateTimeOffset at, string site, string device, string? bay, string word, string what) =>
        $"{Local(at)}  {site}/{device}  {bay ?? "-",-8}  {word,-10}  {what}".TrimEnd();

    private string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
