using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Neighbours;
using BayEdge.Contracts.State;

namespace BayEdge.Contracts.Json;

/// <summary>How everything on the wire is written and read, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(UtcMillisecondsConverter),
        typeof(CamelCaseEnumConverter<ClockState>),
        typeof(CamelCaseEnumConverter<BayOccupancy>),
        typeof(CamelCaseEnumConverter<DeviceConnection>),
        typeof(CamelCaseEnumConverter<HandoverState>),
        typeof(CamelCaseEnumConverter<UtilisationLevel>),
        typeof(CamelCaseEnumConverter<CommandStatus>),
        typeof(CamelCaseEnumConverter<PlateTold>),
        typeof(CamelCaseEnumConverter<VehicleListAction>),
        typeof(CamelCaseEnumConverter<VehicleOrigin>)])]
[JsonSerializable(typeof(CloudEvent<VisitData>))]
[JsonSerializable(typeof(CloudEvent<GapData>))]
[JsonSerializable(typeof(CloudEvent<JsonElement>))]
[JsonSerializable(typeof(BayStateMessage))]
[JsonSerializable(typeof(DeviceStatus))]
[JsonSerializable(typeof(DeviceHealth))]
[JsonSerializable(typeof(DeviceHandover))]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(ExpectedVehicles))]
[JsonSerializable(typeof(NeighbourReport))]
[JsonSerializable(typeof(SiteUtilisation))]
[JsonSerializable(typeof(CommandMessage))]
[JsonSerializable(typeof(CommandMessage<ReplayCommand>))]
[JsonSerializable(typeof(CommandMessage<PictureCommand>))]
[JsonSerializable(typeof(CommandMessage<CorrectPlateCommand>))]
[JsonSerializable(typeof(CommandMessage<ExpectedVehiclesCommand>))]
[JsonSerializable(typeof(CommandMessage<SetConfigurationCommand>))]
[JsonSerializable(typeof(CommandMessage<ConfirmConfigurationCommand>))]
[JsonSerializable(typeof(CommandReply<JsonNode>))]
[JsonSerializable(typeof(CommandReply<GetConfigurationResult>))]
[JsonSerializable(typeof(CommandReply<SetConfigurationResult>))]
[JsonSerializable(typeof(CommandReply<CorrectPlateResult>))]
[JsonSerializable(typeof(CommandReply<ReplayResult>))]
[JsonSerializable(typeof(CommandReply<DiagnosticsResult>))]
[JsonSerializable(typeof(CommandReply<PictureResult>))]
[JsonSerializable(typeof(CommandReply<ExpectedVehiclesResult>))]
public sealed partial class ContractsJson : JsonSerializerContext
{
    /// <summary>The context to use: plates stay readable instead of becoming escapes.</summary>
    public static ContractsJson Wire => Readable.Instance;

    // A class of its own, because the generated half's static fields must be set before this is made.
    private static class Readable
    {
        internal static readonly ContractsJson Instance = new(new JsonSerializerOptions(Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }
}
