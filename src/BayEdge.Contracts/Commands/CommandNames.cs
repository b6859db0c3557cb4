namespace BayEdge.Contracts.Commands;

/// <summary>The commands that a device knows; each is the last level of its topic.</summary>
public static class CommandNames
{
    /// <summary>Sends again what the device still keeps, from an event on.</summary>
    public const string Replay = "replay";

    /// <summary>Tells how the device is and what went wrong last.</summary>
    public const string Diagnostics = "diagnostics";

    /// <summary>Hands out a picture that an event's evidence names.</summary>
    public const string EvidencePicture = "evidencePicture";

    /// <summary>Says which plate the vehicle of a visit has.</summary>
    public const string CorrectPlate = "correctPlate";

    /// <summary>Starts the service anew; its page stays.</summary>
    public const string Restart = "restart";

    /// <summary>Hands out the configuration, its secrets hidden.</summary>
    public const string GetConfiguration = "getConfiguration";

    /// <summary>Lets another configuration hold; taken back unless it is confirmed.</summary>
    public const string SetConfiguration = "setConfiguration";

    /// <summary>The configuration that waits for it is to stay.</summary>
    public const string ConfirmConfiguration = "confirmConfiguration";

    /// <summary>Reads or changes the device's own list of expected vehicles.</summary>
    public const string ExpectedVehicles = "expectedVehicles";
}
