namespace BayEdge.Vision.Occupancy;

/// <summary>How the occupancy of a zone is told from its pictures. All figures are assumed but for those that name a measurement.</summary>
internal sealed record OccupancyOptions
{
    /// <summary>How far apart two pictures are compared to find what moves. The default value is 1 second.</summary>
    public TimeSpan MotionSpan { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A cell that changed by more than this moves, 0 to 1. The default value is 0.4.</summary>
    public double MovingCell { get; init; } = 0.4;

    /// <summary>While a greater share of the zone moves, nothing is said. The default value is 0.3.</summary>
    public double MostMoving { get; init; } = 0.3;

    /// <summary>A zone in which a lesser share moves stands still. The default value is 0.04.</summary>
    public double StillShare { get; init; } = 0.04;

    /// <summary>How long the zone must stand still to be remembered as it then looks. The default value is 3 seconds.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How far back the picture before an arrival may lie. The default value is 2 minutes.</summary>
    public TimeSpan BeforeArrival { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A lesser share of the zone changes when a bonnet opens or a person comes than when a vehicle does. The default value is 0.25.</summary>
    public double VehicleShare { get; init; } = 0.25;

    /// <summary>So great a share of the zone moves when a vehicle drives in. The default value is 0.12.</summary>
    public double LargeMotion { get; init; } = 0.12;

    /// <summary>A vehicle takes at least this long to drive in; a bonnet falls shut faster. The default value is 3 seconds.</summary>
    public TimeSpan DrivingIn { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Up to this change the zone still looks as it did when a plate was read in it. The default value is 0.15.</summary>
    public double SameVehicle { get; init; } = 0.15;

    /// <summary>Odds of nine to one: what is less sure is not said. In nats.</summary>
    public double SureLogOdds { get; init; } = Math.Log(9);

    /// <summary>How long the pictures must agree before they are believed. The default value is 1 second.</summary>
    public TimeSpan Agreement { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What was seen longer ago no longer agrees with anything. The default value is 2 seconds.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the same is said again while nothing moves. The default value is 5 seconds.</summary>
    public TimeSpan Repeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often while something moves, so that a change is dated well. The default value is 1 second.</summary>
    public TimeSpan RepeatInMotion { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often an empty zone's appearance follows the light. The default value is 20 seconds.</summary>
    public TimeSpan Follow { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A change of all of the picture within this time is a lamp or the camera's night view; no vehicle is as fast. The default value is 0.6 seconds.</summary>
    public TimeSpan Switch { get; init; } = TimeSpan.FromSeconds(0.6);

    /// <summary>From which likeness of their layout on two pictures show the same place in another light. The default value is 0.6.</summary>
    public double SameLayout { get; init; } = 0.6;

    /// <summary>The same for pictures that come so far apart: two of them must lie within each span.</summary>
    public OccupancyOptions WithPicturesEvery(TimeSpan interval) => this with
    {
        Switch = Longer(Switch, 1.2 * interval),
        Fresh = Longer(Fresh, 2.4 * interval),
    };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
