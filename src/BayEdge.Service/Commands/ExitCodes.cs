namespace BayEdge.Service.Commands;

/// <summary>What the executable returns to its caller.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Something was found wrong, and said.</summary>
    public const int Wrong = 1;

    public const int Usage = 2;
}
