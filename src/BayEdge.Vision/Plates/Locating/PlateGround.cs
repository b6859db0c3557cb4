namespace BayEdge.Vision.Plates.Locating;

/// <summary>The colour of a plate under its characters.</summary>
internal enum PlateGround
{
    Blue,
    Green,
    Yellow,

    /// <summary>Large new-energy vehicles: green under the first two characters, yellow under the others.</summary>
    GreenAndYellow,
}
