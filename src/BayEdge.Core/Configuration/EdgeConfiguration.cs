using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using BayEdge.Contracts;
using BayEdge.Contracts.State;
using BayEdge.Core.Commands;
using BayEdge.Core.Drivers;
using BayEdge.Core.Tags;

namespace BayEdge.Core.Configuration;

/// <summary>Everything that one device is told, validated.</summary>
public sealed record EdgeConfiguration
{
    public required string Site { get; init; }

    public required string Device { get; init; }

    /// <summary>Of the local page: <c>zh-CN</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "zh-CN";

    public PlateRegion PlateRegion { get; init; } = PlateRegion.Cn;

    public required ImmutableArray<BayConfiguration> Bays { get; init; }

    public ImmutableArray<ReaderConfiguration> Readers { get; init; } = [];

    public ImmutableArray<CameraConfiguration> Cameras { get; init; } = [];

    public ImmutableArray<PresenceConfiguration> Presence { get; init; } = [];

    /// <summary>Null when the device works alone and only keeps its events.</summary>
    public MqttConfiguration? Mqtt { get; init; }

    public ImmutableArray<ExpectedVehicle> Vehicles { get; init; } = [];

    public RecorderConfiguration Recorder { get; init; } = new();

    public PicturesConfiguration Pictures { get; init; } = new();

    public VisionConfiguration Vision { get; init; } = new();

    /// <summary>Those that nobody has set in a recording that is older than they are.</summary>
    [AllowNull]
    public RulesConfiguration Rules { get; init => field = value ?? new RulesConfiguration(); } = new();

    public IEnumerable<SourceConfiguration> Sources => [.. Readers, .. Cameras, .. Presence];
}

public enum PlateRegion
{
    Cn,
    Eu,
    Us,
    Br,
}

public sealed record BayConfiguration(string Id, string Name);

/// <summary>One device that sees something.</summary>
public abstract record SourceConfiguration(string Id, string Driver, DriverSettings Settings);

public sealed record ReaderConfiguration(string Id, string Driver, DriverSettings Settings, ImmutableArray<AntennaConfiguration> Antennas)
    : SourceConfiguration(Id, Driver, Settings)
{
    /// <summary>Which of the tags that the reader sees are those of vehicles. The default value is all of them.</summary>
    public TagFilter Tags { get; init; } = TagFilter.None;

    /// <summary>When the reader may send. The default value is null: always.</summary>
    public GateConfiguration? Gate { get; init; }
}

/// <param name="Port">The reader's antenna port, from 1.</param>
/// <param name="Bay">The bay that the antenna looks at.</param>
public sealed record AntennaConfiguration(int Port, string Bay);

public sealed record CameraConfiguration(string Id, string Driver, DriverSettings Settings, ImmutableArray<ZoneConfiguration> Zones)
    : SourceConfiguration(Id, Driver, Settings)
{
    /// <summary>The region whose plates the camera sees.</summary>
    public PlateRegion PlateRegion { get; init; } = PlateRegion.Cn;

    /// <summary>
    /// Four corners of something that is upright and rectangular, such as a door: top left, top right, bottom right, bottom left. Plates are sought
    /// in pictures that are straightened by it. Empty where the camera looks straight at them.
    /// </summary>
    public ImmutableArray<PicturePoint> Straighten { get; init; } = [];
}

/// <param name="Bay">The bay that the zone shows.</param>
/// <param name="Polygon">At least three corners, each 0 to 1 of the picture's width and height.</param>
public sealed record ZoneConfiguration(string Bay, ImmutableArray<PicturePoint> Polygon);

/// <param name="X">0 (left) to 1 (right).</param>
/// <param name="Y">0 (top) to 1 (bottom).</param>
public readonly record struct PicturePoint(double X, double Y);

public sealed record PresenceConfiguration(string Id, string Driver, DriverSettings Settings, string Bay)
    : SourceConfiguration(Id, Driver, Settings);

public sealed record MqttConfiguration
{
    /// <summary>Such as <c>mqtts://broker:8883</c>.</summary>
    public required string Url { get; init; }

    /// <summary>What <see cref="Url"/> says; a configuration whose URL cannot be read is refused.</summary>
    public BrokerAddress Broker =>
        BrokerAddress.TryParse(Url, out var broker, out var problem) ? broker! : throw new InvalidOperationException(problem);

    /// <summary>
    /// The full path of a PEM file with the authority that the broker's certificate descends from. The default value is null:
    /// the system's authorities.
    /// </summary>
    public string? CaFile { get; init; }

    /// <summary>
    /// The full path of the device's own certificate for the broker: PEM, or PFX by its name (.pfx, .p12). The default value is
    /// null: the device shows none.
    /// </summary>
    public string? CertFile { get; init; }

    /// <summary>The full path of its private key (PEM). The default value is null: the key is in <see cref="CertFile"/> too.</summary>
    public string? KeyFile { get; init; }

    /// <summary>An HTTP proxy between the device and the broker, such as <c>http://proxy:3128</c>. The default value is null: none.</summary>
    public string? Proxy { get; init; }

    /// <summary>What <see cref="Proxy"/> says.</summary>
    public ProxyAddress? ProxyAddress => Proxy is null ? null
        : Contracts.ProxyAddress.TryParse(Proxy, out var proxy, out var problem) ? proxy : throw new InvalidOperationException(problem);

    /// <summary>The default value is <see cref="DeliveryConfirmation.Central"/>.</summary>
    public DeliveryConfirmation Confirmation { get; init; } = DeliveryConfirmation.Central;

    /// <summary>
    /// Whether the devices of the site tell each other over the broker what their readers hear, so that a vehicle is in one bay
    /// only. The default value is true.
    /// </summary>
    public bool Neighbours { get; init; } = true;

    /// <summary>What the central system may do by command. The default value is <see cref="CommandRight.Operate"/>.</summary>
    public CommandRight Commands { get; init; } = CommandRight.Operate;

    /// <summary>Whether a certificate's file is PKCS #12 by its name, and so holds the key too.</summary>
    public static bool IsPfx(string file) =>
        file.EndsWith(".pfx", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".p12", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Whose word allows the device to forget an event.</summary>
public enum DeliveryConfirmation
{
    /// <summary>The central system's cumulative ack.</summary>
    Central,

    /// <summary>The broker's PUBACK with reason 0x00; the broker may still lose the event.</summary>
    Broker,
}
