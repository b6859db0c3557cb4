using BayEdge.Simulator.Plates;

namespace BayEdge.Simulator.Cameras;

/// <summary>What the camera of a bay looks at, at one instant.</summary>
/// <param name="At">The instant; jitter and noise of the picture are drawn from it.</param>
public sealed record BayScene(DateTimeOffset At)
{
    /// <summary>The car in view; null when the bay is empty.</summary>
    public SceneCar? Car { get; init; }

    /// <summary>
    /// Where a person stands before the car: -1 (its left edge in the picture) to 1 (its right edge), 0 hides the plate; null when
    /// nobody does.
    /// </summary>
    public double? PersonAcross { get; init; }

    /// <summary>How bright it is: 1 is the workshop by day, 0.2 the light of the street lamp through the door.</summary>
    public double Light { get; init; } = 1;

    /// <summary>How far the door is open: 1 rolled up, 0 closed.</summary>
    public double DoorOpen { get; init; } = 1;

    /// <summary>Where the sun falls through the roof onto the floor: -1 (left) to 1 (right); null when it does not.</summary>
    public double? SunAcross { get; init; }

    /// <summary>Whether a tool trolley stands in the bay beside where the car parks.</summary>
    public bool Trolley { get; init; }

    /// <summary>Whether the camera sees by its own infrared lamp: without colours, bright near and dark far.</summary>
    public bool Infrared { get; init; }

    /// <summary>The same scene at no particular instant and in full light: what one painting serves.</summary>
    internal BayScene Painted => this with { At = default, Light = 1 };
}

/// <summary>A car as the camera sees it.</summary>
/// <param name="Approach">0 outside the door, as the car comes into view; 1 parked.</param>
/// <param name="End">The end that points at the camera.</param>
/// <param name="Look">Chooses colour and size; the same car has the same look every time.</param>
public sealed record SceneCar(double Approach, CarEnd End, int Look)
{
    /// <summary>Its plate; null when it carries none.</summary>
    public PlateNumber? Plate { get; init; }

    /// <summary>Whether a tag is stuck to the windscreen.</summary>
    public bool Tagged { get; init; }

    /// <summary>Whether the bonnet stands open; a car seen from behind shows none.</summary>
    public bool BonnetOpen { get; init; }
}

public enum CarEnd
{
    Front,
    Rear,
}
