namespace BayEdge.Core.Commands;

/// <summary>What the central system may do by command; each includes those before it.</summary>
public enum CommandRight
{
    /// <summary>Nothing: the device does not even listen.</summary>
    Off,

    /// <summary>Ask for what changes nothing.</summary>
    Read,

    /// <summary>Everything but the device's configuration.</summary>
    Operate,

    /// <summary>Everything.</summary>
    Configure,
}
