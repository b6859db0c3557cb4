namespace BayEdge.Central;

/// <summary>How a program of the central side ends, as its exit code.</summary>
internal static class Outcome
{
    public const int Done = 0;

    /// <summary>Something was found wrong, and said.</summary>
    public const int FoundWrong = 1;

    public const int WrongUsage = 2;

    /// <summary>Says what is wrong.</summary>
    public static int Say(this TextWriter error, string problem, int exitCode)
    {
        error.WriteLine(problem);
        return exitCode;
    }
}
