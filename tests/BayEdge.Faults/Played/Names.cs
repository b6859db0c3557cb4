namespace BayEdge.Faults.Played;

/// <summary>Who takes part in a run, and where the broker listens in the run's own network.</summary>
internal static class Names
{
    public const string Site = "sh-01";
    public const string Device = "pi-01";
    public const string Password = "played";
    public const string DeviceUser = "device";
    public const string CentralUser = "central";
    public const string CentralClientId = "central";

    /// <summary>The broker's port for devices; another one than <see cref="CentralPort"/>, so that packets of either can be dropped.</summary>
    public const int DevicePort = 1883;

    public const int CentralPort = 1884;

    public static string DeviceClientId => $"bayedge-{Site}-{Device}";
}
