using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Service.Commissioning.Network;
using BayEdge.Service.Commissioning.Rules;

namespace BayEdge.Service.Commissioning;

/// <summary>What every phone shows of the installation.</summary>
/// <param name="Next">Where to go on; null when the device was handed over.</param>
/// <param name="Revision">Of the configuration: another says that somebody has changed it.</param>
/// <param name="Site">Empty where the device has no name yet, as <paramref name="Device"/>.</param>
internal sealed record CommissioningView(
    CommissioningStep? Next,
    DateTimeOffset? HandedOverAt,
    string? AdoptedFrom,
    string Revision,
    string Site,
    string Device,
    IReadOnlyList<BayEntry> Bays,
    IReadOnlyList<StepView> Steps,
    IReadOnlyList<WalkResult> Walks,
    IReadOnlyList<HeldView> Held,
    WalkView? Walk,
    bool Scanning,
    IReadOnlyList<FoundView> Found);

/// <summary>The antenna that heard the tag which was held in a bay.</summary>
internal sealed record HeldView(string Bay, string Reader, int Port);

internal sealed record BayEntry(string Id, string Name);

/// <param name="Passed">Whether the installer may go on from here, and has been able to since.</param>
internal sealed record StepView(CommissioningStep Step, StepState State, Phrase? Says, IReadOnlyList<Check> Checks, DateTimeOffset? At, bool Passed);

/// <param name="DrivesOff">Whether the installer said that the vehicle drives off.</param>
internal sealed record WalkView(string Bay, string? Plate, string? Tag, IReadOnlyList<Check> Items, DateTimeOffset StartedAt, bool Ended, bool DrivesOff);

/// <param name="Settings">What a configuration needs to reach it, by the driver's field.</param>
internal sealed record FoundView(
    string Driver, IReadOnlyDictionary<string, string> Settings, bool Answered, Phrase Says, IReadOnlyList<ProbeFact> Facts, IReadOnlyList<AntennaPort> Antennas);

/// <param name="Antennas">The ports of a reader; empty where it does not tell.</param>
internal sealed record ProbeView(bool Answered, Phrase Says, IReadOnlyList<ProbeFact> Facts, IReadOnlyList<AntennaPort> Antennas);

/// <param name="RemainingSeconds">How long there is to confirm a change; null when none waits.</param>
/// <param name="ConfirmSeconds">How long there will be to confirm one.</param>
internal sealed record NetworkView(AddressSettings? Settings, double? RemainingSeconds, double ConfirmSeconds);

/// <param name="From">What was changed; null where whatever holds now may be replaced, as in all that follow.</param>
internal sealed record AddressRequest(bool Automatic, string? Address, string? Gateway, IReadOnlyList<string>? NameServers, AddressSettings? From);

internal sealed record BaysRequest(IReadOnlyList<BayEntry> Bays, IReadOnlyList<BayEntry>? From);

/// <param name="From">The bay that the antenna looked at; empty for none.</param>
internal sealed record AntennaRequest(int Port, string Bay, string? From);

/// <param name="Corners">Each <c>[x, y]</c>, 0 to 1 of the picture.</param>
/// <param name="From">The bay's corners at this camera; empty for none.</param>
internal sealed record ZoneRequest(string Bay, IReadOnlyList<IReadOnlyList<double>> Corners, IReadOnlyList<IReadOnlyList<double>>? From);

/// <param name="From">The source as it stood in the configuration.</param>
internal sealed record RemoveRequest(JsonObject? From);

internal sealed record WalkRequest(string Bay, string? Plate, string? Tag, bool Cut);

/// <param name="Keep">Whether it is to last, in the configuration.</param>
/// <param name="From">What was kept before; empty for nothing.</param>
internal sealed record PowerRequest(double Dbm, bool Keep, string? From);

internal sealed record SignRequest(string By);

/// <param name="Revision">Of the configuration that it replaces.</param>
internal sealed record AdoptRequest(string Text, string? Revision);

/// <param name="At">Names the picture; null when none comes.</param>
/// <param name="Read">Of the last pictures, how many had a plate in them.</param>
/// <param name="Least">The pixels that a plate needs.</param>
/// <param name="Reason">Why the camera does not work; null while it does, and where nobody knows.</param>
internal sealed record LookView(DateTimeOffset? At, int Width, int Height, IReadOnlyList<PlateLook> Plates, int Read, int Of, int Enough, int Least, Phrase? Reason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcMillisecondsConverter), typeof(CamelCaseEnumConverter<CommissioningStep>), typeof(CamelCaseEnumConverter<StepState>), typeof(CamelCaseEnumConverter<Caution>)])]
[JsonSerializable(typeof(CommissioningView))]
[JsonSerializable(typeof(StepRecord))]
[JsonSerializable(typeof(IReadOnlyList<LiveTag>))]
[JsonSerializable(typeof(ProbeView))]
[JsonSerializable(typeof(NetworkView))]
[JsonSerializable(typeof(AddressRequest))]
[JsonSerializable(typeof(CentralRequest))]
[JsonSerializable(typeof(BaysRequest))]
[JsonSerializable(typeof(AntennaRequest))]
[JsonSerializable(typeof(ZoneRequest))]
[JsonSerializable(typeof(RemoveRequest))]
[JsonSerializable(typeof(WalkRequest))]
[JsonSerializable(typeof(PowerRequest))]
[JsonSerializable(typeof(TransmitPower))]
[JsonSerializable(typeof(SignRequest))]
[JsonSerializable(typeof(AdoptRequest))]
[JsonSerializable(typeof(LookView))]
[JsonSerializable(typeof(RulesView))]
[JsonSerializable(typeof(RulesRequest))]
[JsonSerializable(typeof(RuleReplayRequest))]
[JsonSerializable(typeof(RuleReplayView))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SetupJson : JsonSerializerContext;
