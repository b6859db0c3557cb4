using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Json;

namespace BayEdge.Central.Utilisation;

/// <summary>The plans of the sites that have one, and one for all others.</summary>
/// <remarks>
/// As a file: <c>{"sites":[{"site":"sh-01","timeZone":"Asia/Shanghai","threshold":0.8,
/// "shifts":[{"name":"早班","start":"08:00","end":"16:00","days":["monday"]}]}]}</c>. Only <c>site</c> must be there.
/// </remarks>
public sealed class SitePlans
{
    private readonly Dictionary<string, SitePlan> _plans;
    private readonly SitePlan _other;

    private SitePlans(Dictionary<string, SitePlan> plans, SitePlan other) => (_plans, _other) = (plans, other);

    /// <summary>No site has a plan: hours by the given zone, no shifts, the default threshold.</summary>
    public static SitePlans None(TimeZoneInfo zone) => new([], Default(zone));

    public SitePlan For(string site) => _plans.GetValueOrDefault(site, _other);

    /// <summary>Reads the file of the plans.</summary>
    /// <param name="zone">Of the sites that name none.</param>
    /// <exception cref="SitePlanException">It cannot be read or is not sound.</exception>
    public static SitePlans Read(string path, TimeZoneInfo zone)
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), SitePlanJson.Default.SitePlanFile)
                ?? throw new SitePlanException($"{path}: expected site plans, but found null");
            var plans = new Dictionary<string, SitePlan>(StringComparer.Ordinal);
            foreach (var entry in file.Sites)
            {
                if (!plans.TryAdd(entry.Site, Plan(entry, zone)))
                    throw new SitePlanException($"{path}: expected one plan a site, but {entry.Site} has two");
            }

            return new SitePlans(plans, Default(zone));
        }
        catch (JsonException exception)
        {
            throw new SitePlanException($"{path}: expected site plans as JSON, but {JsonFaults.Describe(exception)}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SitePlanException($"{path}: expected site plans that can be read, but {exception.Message}", exception);
        }
    }

    private static SitePlan Default(TimeZoneInfo zone) => new(new SiteCalendar(zone, []), new UtilisationAlarmOptions());

    private static SitePlan Plan(SitePlanEntry entry, TimeZoneInfo zone)
    {
        var alarm = new UtilisationAlarmOptions();
        if (entry.Threshold is <= 0 or > 1)
        {
            throw new SitePlanException(string.Create(
                CultureInfo.InvariantCulture, $"site {entry.Site}: expected a threshold above 0 and up to 1, but found {entry.Threshold}"));
        }

        if (entry.TimeZone is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone!))
        {
            throw new SitePlanException(
                $"site {entry.Site}: expected a time zone such as Asia/Shanghai, but found '{name}'; is the package tzdata installed?");
        }

        return new SitePlan(new SiteCalendar(zone, entry.Shifts), alarm with { Threshold = entry.Threshold ?? alarm.Threshold });
    }
}

/// <summary>The plans of sites cannot be used. The message says what to do.</summary>
public sealed class SitePlanException(string message, Exception? cause = null) : Exception(message, cause);

internal sealed record SitePlanFile
{
    public required IReadOnlyList<SitePlanEntry> Sites { get; init; }
}

internal sealed record SitePlanEntry
{
    public required string Site { get; init; }

    public string? TimeZone { get; init; }

    public double? Threshold { get; init; }

    public IReadOnlyList<WorkShift> Shifts
    {
        // Left out of JSON, it is not set at all.
        get => field ?? [];
        init;
    } = [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(CamelCaseEnumConverter<DayOfWeek>)])]
[JsonSerializable(typeof(SitePlanFile))]
internal sealed partial class SitePlanJson : JsonSerializerContext;
