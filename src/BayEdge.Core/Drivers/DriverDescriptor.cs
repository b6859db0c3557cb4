using System.Collections.Immutable;

namespace BayEdge.Core.Drivers;

/// <summary>Everything that pages, documents and checks need to know of a driver.</summary>
/// <param name="Id">As written in the configuration: <c>llrp</c>, <c>stream</c>, <c>gpio</c>.</param>
/// <param name="Kind">What its devices are.</param>
/// <param name="Name">For people.</param>
/// <param name="Fields">Its settings, in the order in which a form shows them.</param>
public sealed record DriverDescriptor(string Id, SourceKind Kind, LocalizedText Name, ImmutableArray<FieldSpec> Fields)
{
    /// <summary>Whether its readers send radio waves only while their source runs.</summary>
    public bool SwitchesRadio { get; init; }
}

public enum SourceKind
{
    /// <summary>Reads tags; has antennas.</summary>
    Reader,

    /// <summary>Sees pictures; has zones.</summary>
    Camera,

    /// <summary>Says whether something stands in one bay.</summary>
    Presence,
}

/// <summary>One setting of a driver.</summary>
public sealed record FieldSpec(string Key, FieldType Type, LocalizedText Label, LocalizedText Help)
{
    public bool Required { get; init; }

    /// <summary>The key of a true or false setting which, when true, leaves this one without effect; null when none does.</summary>
    public string? RequiredUnless { get; init; }

    /// <summary>For <see cref="FieldType.Location"/>: what one looks like.</summary>
    public string? Example { get; init; }

    /// <summary>As it would be written in the configuration; null when there is none.</summary>
    public string? Default { get; init; }

    /// <summary>For <see cref="FieldType.Number"/> and <see cref="FieldType.Integer"/>, in <see cref="Unit"/>.</summary>
    public double? Minimum { get; init; }

    /// <inheritdoc cref="Minimum"/>
    public double? Maximum { get; init; }

    /// <summary>Such as <c>dBm</c>, <c>s</c> or <c>ms</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>For <see cref="FieldType.Choice"/>.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Kept in the secrets file, never shown or logged.</summary>
    public bool Secret { get; init; }
}

public enum FieldType
{
    Text,
    Integer,
    Number,
    Boolean,
    Choice,

    /// <summary><c>host</c> or <c>host:port</c>; an IPv6 host stands in brackets.</summary>
    HostAndPort,

    /// <summary>A URL, a device path or a file path.</summary>
    Location,
}

/// <summary>A text in the two languages of the product.</summary>
public sealed record LocalizedText(string Chinese, string English);
