namespace BayEdge.Contracts.Commands;

/// <summary>Why a command was not carried out, for a program.</summary>
public static class CommandErrors
{
    /// <summary>Not a JSON object with a transaction, or with a member that no command has.</summary>
    public const string Malformed = "command.malformed";

    public const string TooLarge = "command.tooLarge";

    public const string Unknown = "command.unknown";

    /// <summary>The configuration of the device (<c>mqtt.commands</c>) does not let the central system do this.</summary>
    public const string NotAllowed = "command.notAllowed";

    public const string TooMany = "command.tooMany";

    /// <summary>It was published as a retained message, which would come again with every connection.</summary>
    public const string Retained = "command.retained";

    /// <summary>The same transaction came before with another command or other data.</summary>
    public const string TransactionReused = "transaction.reused";

    /// <summary>The data is not what the command needs.</summary>
    public const string DataInvalid = "data.invalid";

    /// <summary>The event has never been given out.</summary>
    public const string ReplayUnknown = "replay.unknown";

    /// <summary>Neither the visit that a bay has nor its last one.</summary>
    public const string VisitUnknown = "visit.unknown";

    /// <summary>The vehicle of that plate stands in another bay.</summary>
    public const string PlateElsewhere = "plate.elsewhere";

    /// <summary>No such picture is kept, or not any longer.</summary>
    public const string PictureUnknown = "picture.unknown";

    /// <summary>The configuration cannot hold; what held before still does.</summary>
    public const string ConfigurationInvalid = "configuration.invalid";

    /// <summary>Somebody else has changed the configuration meanwhile.</summary>
    public const string ConfigurationChanged = "configuration.changed";

    /// <summary>Where the device connects, and as whom, changes only with a confirmation.</summary>
    public const string ConfigurationNeedsConfirmation = "configuration.needsConfirmation";

    /// <summary>No configuration waits for a confirmation, or another one does.</summary>
    public const string ConfigurationNotWaiting = "configuration.notWaiting";

    /// <summary>The broker does not take a message as large as the reply.</summary>
    public const string ReplyTooLarge = "reply.tooLarge";

    /// <summary>The disk does not take what must be kept.</summary>
    public const string StorageFailed = "storage.failed";

    /// <summary>An error of the device itself; its log has more.</summary>
    public const string DeviceFailed = "device.failed";
}
