using System.Collections.Immutable;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>What one walk test is to prove.</summary>
public sealed record WalkPlan
{
    /// <summary>The bay that the vehicle drives into.</summary>
    public required string Bay { get; init; }

    /// <summary>The device's other bays, which have to stay silent.</summary>
    public ImmutableArray<string> OtherBays { get; init; } = [];

    /// <summary>What looks at the bay; null where that is not known.</summary>
    public string? Watched { get; init; }

    /// <summary>The plate that the installer typed; null for none.</summary>
    public string? Plate { get; init; }

    /// <summary>The tag that the installer typed, upper-case hex; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether a central system is configured that could confirm.</summary>
    public bool HasCentral { get; init; } = true;

    /// <summary>Whether the installer also cuts the network for a while. The default value is false.</summary>
    public bool WithCut { get; init; }

    /// <summary>From the start to the word of the arrival. The default value is 5 min: the vehicle has to be fetched.</summary>
    public TimeSpan ArriveLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From the arrival until everything that was typed must have been recognised. The default value is 1 min.</summary>
    public TimeSpan IdentityLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after the arrival the other bays are listened to before they count as silent. The default value is 10 s.</summary>
    public TimeSpan SilenceNeeded { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the word of the arrival to the central system's. The default value is 30 s.</summary>
    public TimeSpan ConfirmLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the driving off to the word of the departure. The default value is 5 min: a new bay is cautious.</summary>
    public TimeSpan LeaveLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whatever is open then is not proved. The default value is 30 min.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How much more strongly the bay must hear the tag than any other, in dB. The default value is 6.</summary>
    public double MarginDb { get; init; } = 6;
}
