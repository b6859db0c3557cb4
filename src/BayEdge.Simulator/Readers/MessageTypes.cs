namespace BayEdge.Simulator.Readers;

/// <summary>The message types that the simulated reader knows (LLRP 1.1, chapter 17).</summary>
internal static class MessageTypes
{
    public const int GetReaderCapabilities = 1;
    public const int GetReaderConfig = 2;
    public const int SetReaderConfig = 3;
    public const int CloseConnection = 14;
    public const int AddRoSpec = 20;
    public const int DeleteRoSpec = 21;
    public const int StartRoSpec = 22;
    public const int StopRoSpec = 23;
    public const int EnableRoSpec = 24;
    public const int DisableRoSpec = 25;
    public const int GetRoSpecs = 26;
    public const int AddAccessSpec = 40;
    public const int DeleteAccessSpec = 41;
    public const int EnableAccessSpec = 42;
    public const int GetSupportedVersion = 46;
    public const int SetProtocolVersion = 47;
    public const int RoAccessReport = 61;
    public const int KeepAlive = 62;
    public const int ReaderEventNotification = 63;
    public const int EnableEventsAndReports = 64;
    public const int KeepAliveAck = 72;
    public const int ErrorMessage = 100;
    public const int Custom = 1023;

    /// <summary>An answer's number is ten above its request's, except that of CLOSE_CONNECTION, which came last, and of what one does not know.</summary>
    public static int AnswerTo(int request) => request switch
    {
        CloseConnection => 4,
        Custom => ErrorMessage,
        _ => request + 10,
    };
}
