namespace BayEdge.Core.Drivers;

/// <summary>A device does not do what it should. The message says what was expected, what came and what to do.</summary>
public sealed class DeviceFaultException : Exception
{
    public DeviceFaultException(DeviceFaultKind kind, string message, Exception? cause = null)
        : base(message, cause) => Kind = kind;

    public DeviceFaultKind Kind { get; }
}

public enum DeviceFaultKind
{
    /// <summary>Nothing answers there.</summary>
    Unreachable,

    /// <summary>The device answers but serves somebody else.</summary>
    Busy,

    /// <summary>The device answers and refuses: credentials, region, settings.</summary>
    Refused,

    /// <summary>What came does not follow the protocol.</summary>
    Protocol,

    /// <summary>The connection stood and broke, or fell silent.</summary>
    Lost,

    /// <summary>Something on this computer is missing: a file, a library, a permission.</summary>
    Local,
}
