using BayEdge.Core.Bays;

namespace BayEdge.Core.Drivers;

/// <summary>A device does not do what it should. The message says what was expected, what came and what to do.</summary>
public sealed class DeviceFaultException : Exception
{
    public DeviceFaultException(DeviceFaultKind kind, Wording message, Exception? cause = null)
        : base(message.Text, cause) => (Kind, Says) = (kind, message.Phrase);

    public DeviceFaultKind Kind { get; }

    /// <summary>The message, in a form that a page can say in another language.</summary>
    public Phrase Says { get; }
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
