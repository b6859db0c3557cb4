namespace BayEdge.Simulator.Cameras;

/// <summary>What the camera does to a clean picture.</summary>
/// <remarks>Every figure is assumed: a cheap surveillance camera as one remembers it, measured on none.</remarks>
public sealed record SensorOptions
{
    /// <summary>Blur of the lens, standard deviation in pixels. The default value is 0.9.</summary>
    public double BlurPixels { get; init; } = 0.9;

    /// <summary>Noise at full light, standard deviation in grey levels; it doubles in the dark. The default value is 3.</summary>
    public double NoiseLevels { get; init; } = 3;

    /// <summary>How far vibration moves the picture at most, in pixels, up to 8. The default value is 1.</summary>
    public int JitterPixels { get; init; } = 1;

    /// <summary>How much the lamps flicker, as a share of the light. The default value is 0.02.</summary>
    public double Flicker { get; init; } = 0.02;
}
