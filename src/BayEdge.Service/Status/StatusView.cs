using System.Text.Json.Serialization;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Service.Access;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Sources;
using BayEdge.Service.Support;
using BayEdge.Service.Updating;

namespace BayEdge.Service.Status;

/// <summary>Everything on the local page.</summary>
/// <param name="Storage">Why the disk takes no events, in a sentence; null when it does.</param>
internal sealed record StatusView(
    string Site,
    string Device,
    string Language,
    DateTimeOffset AsOf,
    IReadOnlyList<BayView> Bays,
    IReadOnlyList<SourceHealth> Sources,
    DeliveryView Delivery,
    Phrase? Storage,
    IReadOnlyList<EventView> Events)
{
    /// <summary>What is broken, the worst first.</summary>
    public IReadOnlyList<FaultView> Faults { get; init; } = [];
}

/// <param name="Level"><see cref="Bad"/> or <see cref="Warning"/>.</param>
/// <param name="Page">Where on the page it can be mended.</param>
internal sealed record FaultView(string Level, string Page, Phrase Says)
{
    public const string Bad = "bad";
    public const string Warning = "warning";
}

internal sealed record BayView(string Id, string Name, BayOccupancy State, string? VisitId, Vehicle? Vehicle, DateTimeOffset? Since);

/// <param name="Detail">The broker when connected, else the reason in a sentence.</param>
/// <param name="Confirmed">Events confirmed since the service started.</param>
internal sealed record DeliveryView(bool Connected, string? Detail, long Confirmed, DateTimeOffset? LastConfirmedAt)
{
    /// <summary>Why it is not connected; null when it is.</summary>
    public Phrase? Reason { get; init; }
}

/// <param name="Kind"><c>entered</c>, <c>identified</c>, <c>left</c>, <c>corrected</c>, <c>stillPresent</c> (a leaving is taken back) or <c>retracted</c>.</param>
/// <param name="Reason">Why something was corrected or retracted.</param>
internal sealed record EventView(
    string Kind,
    string Bay,
    string VisitId,
    Vehicle Vehicle,
    DateTimeOffset At,
    DateTimeOffset DecidedAt,
    double? OccupiedSeconds,
    Phrase? Reason,
    bool Provisional,
    IReadOnlyList<Evidence> Evidence,
    Phrase? RunnerUp,
    Phrase? WouldChange)
{
    public static EventView Of(Transition transition)
    {
        var (kind, occupied, reason) = transition switch
        {
            VehicleEntered => ("entered", default(TimeSpan?), default(Phrase)),
            VehicleIdentified => ("identified", null, null),
            VehicleLeft left => ("left", left.Occupied, null),
            VisitCorrected { IsStillPresent: true } corrected => ("stillPresent", null, corrected.Reason),
            VisitCorrected corrected => ("corrected", corrected.Occupied, corrected.Reason),
            VisitRetracted retracted => ("retracted", null, retracted.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(transition), transition, "A transition that the page cannot show."),
        };
        return new EventView(
            kind,
            transition.Bay,
            transition.VisitId,
            transition.Vehicle,
            transition.At.Wall,
            transition.DecidedAt.Wall,
            occupied is { } stay ? Math.Round(stay.TotalSeconds, 3) : null,
            reason,
            transition.IsProvisional,
            transition.Evidence,
            transition.RunnerUp,
            transition.WouldChange);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcMillisecondsConverter), typeof(CamelCaseEnumConverter<BayOccupancy>), typeof(CamelCaseEnumConverter<PlateTold>), typeof(CamelCaseEnumConverter<SourceKind>), typeof(CamelCaseEnumConverter<FieldType>)])]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(WhyView))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(WelcomeView))]
[JsonSerializable(typeof(ClaimRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(IReadOnlyList<AuditEntry>))]
[JsonSerializable(typeof(ConfigurationView))]
[JsonSerializable(typeof(ConfigurationRequest))]
[JsonSerializable(typeof(ConfirmRequest))]
[JsonSerializable(typeof(IReadOnlyList<VersionView>))]
[JsonSerializable(typeof(IReadOnlyList<DriverDescriptor>))]
[JsonSerializable(typeof(IReadOnlyList<EventView>))]
[JsonSerializable(typeof(IReadOnlyList<SourceView>))]
[JsonSerializable(typeof(SourcesView))]
[JsonSerializable(typeof(IReadOnlyList<ReaderAbilities>))]
[JsonSerializable(typeof(ReaderView))]
[JsonSerializable(typeof(IReadOnlyList<DigitalOutput>))]
[JsonSerializable(typeof(OutputRequest))]
[JsonSerializable(typeof(MemoryRequest))]
[JsonSerializable(typeof(MemoryView))]
[JsonSerializable(typeof(PlatesView))]
[JsonSerializable(typeof(IReadOnlyList<ReadPlateView>))]
[JsonSerializable(typeof(PlateRequest))]
[JsonSerializable(typeof(CorrectPlateResult))]
[JsonSerializable(typeof(IReadOnlyList<LogEntry>))]
[JsonSerializable(typeof(IReadOnlyList<BundlePart>))]
[JsonSerializable(typeof(SystemView))]
[JsonSerializable(typeof(Backup))]
[JsonSerializable(typeof(UpdateView))]
[JsonSerializable(typeof(BackupRequest))]
[JsonSerializable(typeof(RestoreRequest))]
internal sealed partial class PageJson : JsonSerializerContext;
