namespace BayEdge.Service.Hosting;

/// <summary>Every sentence that the device says to its page. Each has its texts in <c>wwwroot/i18n</c> as <c>say.KEY</c>.</summary>
internal static class PageTexts
{
    // What is broken.
    public static readonly PageText ConfigurationBroken = new("configurationBroken", "The configuration cannot be used: {problem}");
    public static readonly PageText ConfigurationMissing = new("configurationMissing", "This device has no configuration yet");
    public static readonly PageText FileIgnored = new("fileIgnored", "The configuration file on the device was changed and cannot be used, so the one before holds: {problem}");
    public static readonly PageText StorageFault = new("storageFault", "Events cannot be stored: {reason}");
    public static readonly PageText FolderInUse = new("folderInUse", "{reason}");
    public static readonly PageText RuntimeFailed = new("runtimeFailed", "The bays are not watched: {reason}");
    public static readonly PageText RuntimeStarting = new("runtimeStarting", "The bays are about to be watched");
    public static readonly PageText SourceDown = new("sourceDown", "{source} does not work: {reason}");
    public static readonly PageText BrokerAway = new("brokerAway", "The central system is not reached: {reason}");
    public static readonly PageText ClockWrong = new("clockUnsynced", "The clock follows no time server, so times may be wrong");
    public static readonly PageText DiskLow = new("diskLow", "The disk is nearly full: {free} left");

    // Why something is refused.
    public static readonly PageText NotSaved = new("notSaved", "It could not be saved: {reason}");
    public static readonly PageText NotFound = new("notFound", "There is nothing at {path}");
    public static readonly PageText NoSuchMethod = new("noSuchMethod", "{path} does not take {method}");
    public static readonly PageText BadRequest = new("badRequest", "The request cannot be read: {reason}");
    public static readonly PageText TooLarge = new("tooLarge", "That is too large: at most {limit} are taken");
    public static readonly PageText LogInFirst = new("logInFirst", "Log in first");
    public static readonly PageText ClaimFirst = new("claimFirst", "This device belongs to nobody yet: claim it with the code on its label");
    public static readonly PageText NotAllowed = new("notAllowed", "A viewer may look, but only an installer may change this");
    public static readonly PageText ForeignHost = new("foreignHost", "This device does not answer to the name {host}; use its address or its own name");
    public static readonly PageText ForeignOrigin = new("foreignOrigin", "Another page sent this request; open the device's own page and try again");
    public static readonly PageText TokenMissing = new("tokenMissing", "The request lacks the token of this session; reload the page");
    public static readonly PageText WrongCode = new("wrongCode", "That is not the claim code of this device; it stands on the label");
    public static readonly PageText AlreadyClaimed = new("alreadyClaimed", "This device is claimed already; log in, or reset it at the device itself");
    public static readonly PageText WrongPassword = new("wrongPassword", "That is not the PIN of the {account}");
    public static readonly PageText TryLater = new("tryLater", "Too many wrong tries; the next one is taken in {seconds} s");
    public static readonly PageText PasswordTooShort = new("passwordTooShort", "A PIN has at least {least} characters, and at most {most}");
    public static readonly PageText PasswordTooSimple = new("passwordTooSimple", "This PIN is the first that anybody would try; take another");
    public static readonly PageText NotRunning = new("notRunning", "The bays are not watched at the moment; see what is broken first");
    public static readonly PageText ChangedMeanwhile = new("changedMeanwhile", "The settings were changed meanwhile, by another phone or by hand; load them again");
    public static readonly PageText NoSuchBay = new("noSuchBay", "There is no bay {bay}");
    public static readonly PageText NoSuchVersion = new("noSuchVersion", "There is no version {version} in the history");
    public static readonly PageText NotRead = new("notRead", "It could not be read: {reason}");
    public static readonly PageText NothingToBackUp = new("nothingToBackUp", "There is no configuration that could be used, so none is backed up");
    public static readonly PageText NoBackup = new("noBackup", "This file is no backup of a BayEdge device");
    public static readonly PageText WrongBackupPassword = new("wrongBackupPassword", "The secrets in this backup do not open with this password");
    public static readonly PageText NothingToConfirm = new("nothingToConfirm", "No change waits to be confirmed");

    public static IReadOnlyList<PageText> All { get; } =
    [
        .. typeof(PageTexts).GetFields().Select(field => field.GetValue(null)).OfType<PageText>(),
    ];
}
