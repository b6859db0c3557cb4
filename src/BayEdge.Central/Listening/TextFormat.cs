using System.Globalization;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;

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

    public string Utilisation(SiteUtilisation change) => change.Level == UtilisationLevel.High
        ? $"{Local(change.Since)}  {change.Site}  busy: {Percent(change.Utilisation)} of the time of {change.Bays} bays is in use "
            + $"(alert from {Percent(change.Threshold)} on)"
        : $"{Local(change.Since)}  {change.Site}  no longer busy: "
            + (change.Utilisation is null ? "the shift is over" : $"{Percent(change.Utilisation)} of the time of {change.Bays} bays is in use");

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

    private static string Percent(double? share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

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
        $"{Local(at)}  {site}/{device}  {Printable(bay ?? "-"),-8}  {Printable(word),-10}  {Printable(what)}".TrimEnd();

    // What comes from outside must not move a terminal's cursor, turn its writing round or begin a line of its own.
    private static string Printable(string text) => string.Concat(text.Select(c =>
        char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            ? '\uFFFD'
            : c));

    private string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
