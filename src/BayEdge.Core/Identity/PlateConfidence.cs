namespace BayEdge.Core.Identity;

/// <summary>What a camera's confidence in a plate, 0 to 1, is good for.</summary>
public static class PlateConfidence
{
    /// <summary>
    /// A plate of which no camera was ever this sure is not told, unless a vehicle with it is expected. Chosen by measurement
    /// (deploy/docs/plates.md): readings of pictures that are too blurred or too dark agree with each other on a wrong plate, all of them below this.
    /// </summary>
    public const double LeastToTell = 0.75;
}
