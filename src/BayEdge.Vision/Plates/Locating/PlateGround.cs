namespace BayEdge.Vision.Plates.Locating;

/// <summary>The colour of a plate under its characters.</summary>
internal enum PlateGround
{
    Blue,
    Green,
    Yellow,
}
