using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;

namespace BayEdge.Service.Hosting;

/// <summary>Every sentence that the device says to its page. Each has its texts in <c>wwwroot/i18n</c> as <c>say.KEY</c>.</summary>
internal static class PageTexts
{
    public static readonly Sentence ProblemAt = new("problemAt", "{where}: {reason}");

    // What is broken.
    public static readonly Sentence ConfigurationBroken = new("configurationBroken", "The configuration cannot be used: {problem}");
    public static readonly Sentence ConfigurationMissing = new("configurationMissing", "This device has no configuration yet");
    public static readonly Sentence FileIgnored = new("fileIgnored", "The configuration file on the device was changed and cannot be used, so the one before holds: {problem}");
    public static readonly Sentence WaitsForConfirmation = new("waitsForConfirmation", "A change of the settings is taken back at {time} unless it is confirmed until then");
    public static readonly Sentence StorageFault = new("storageFault", "Events cannot be stored: {reason}");
    public static readonly Sentence FolderInUse = new("folderInUse", "Another service works in the data folder {folder} (process {process}); stop it, or give this one a data folder of its own");
    public static readonly Sentence RuntimeFailed = new("runtimeFailed", "The bays are not watched: {reason}");
    public static readonly Sentence RuntimeStarting = new("runtimeStarting", "The bays are about to be watched");
    public static readonly Sentence SourceDown = new("sourceDown", "{source} does not work: {reason}");
    public static readonly Sentence BrokerAway = new("brokerAway", "The central system is not reached: {reason}");
    public static readonly Sentence ClockWrong = new("clockUnsynced", "The clock follows no time server, so times may be wrong");
    public static readonly Sentence DiskLow = new("diskLow", "The disk is nearly full: {free} left");

    // Why something is refused.
    public static readonly Sentence NotSaved = new("notSaved", "It could not be saved: {reason}");
    public static readonly Sentence NotFound = new("notFound", "There is nothing at {path}");
    public static readonly Sentence NoSuchMethod = new("noSuchMethod", "{path} does not take {method}");
    public static readonly Sentence BadRequest = new("badRequest", "The request cannot be read: {reason}");
    public static readonly Sentence TooLarge = new("tooLarge", "That is too large: at most {limit} are taken");
    public static readonly Sentence LogInFirst = new("logInFirst", "Log in first");
    public static readonly Sentence ClaimFirst = new("claimFirst", "This device belongs to nobody yet: claim it with the code on its label");
    public static readonly Sentence NotAllowed = new("notAllowed", "A viewer may look, but only an installer may change this");
    public static readonly Sentence ForeignHost = new("foreignHost", "This device does not answer to the name {host}; use its address or its own name");
    public static readonly Sentence ForeignOrigin = new("foreignOrigin", "Another page sent this request; open the device's own page and try again");
    public static readonly Sentence TokenMissing = new("tokenMissing", "The request lacks the token of this session; reload the page");
    public static readonly Sentence WrongCode = new("wrongCode", "That is not the claim code of this device; it stands on the label");
    public static readonly Sentence AlreadyClaimed = new("alreadyClaimed", "This device is claimed already; log in, or reset it at the device itself");
    public static readonly Sentence WrongPassword = new("wrongPassword", "That is not the PIN of the {account}");
    public static readonly Sentence TryLater = new("tryLater", "Too many wrong tries; the next one is taken in {seconds} s");
    public static readonly Sentence PasswordTooShort = new("passwordTooShort", "A PIN has at least {least} characters, and at most {most}");
    public static readonly Sentence PasswordTooSimple = new("passwordTooSimple", "This PIN is the first that anybody would try; take another");
    public static readonly Sentence NotRunning = new("notRunning", "The bays are not watched at the moment; see what is broken first");
    public static readonly Sentence ChangedMeanwhile = new("changedMeanwhile", "The settings were changed meanwhile, by another phone or by hand; load them again");
    public static readonly Sentence NoSuchBay = new("noSuchBay", "There is no bay {bay}");
    public static readonly Sentence NoSuchVisit = new("noSuchVisit", "This visit can no longer be corrected: {bay} has had another since, or it was taken back");
    public static readonly Sentence PlateElsewhere = new("plateElsewhere", "A vehicle with the plate {plate} stands in another bay; correct that visit first");
    public static readonly Sentence PlateImplausible = new("plateImplausible", "A plate has {least} to {most} letters and digits");
    public static readonly Sentence NoSuchReader = new("noSuchReader", "There is no reader {reader} that runs");
    public static readonly Sentence ReaderCannot = new("readerCannot", "The reader {reader} cannot do this");
    public static readonly Sentence ReaderSlow = new("readerSlow", "The reader {reader} did not answer within {limit}; try again, and look at its state if it goes on so");
    public static readonly Sentence NoOutputState = new("noOutputState", "Say whether the output is to be on");
    public static readonly Sentence NoSuchWords = new("noSuchWords", "Ask for 1 to {most} words of the memory epc, tid or user, from a word between 0 and {last} on");
    public static readonly Sentence NoSuchVersion = new("noSuchVersion", "There is no version {version} in the history");
    public static readonly Sentence NotRead = new("notRead", "It could not be read: {reason}");
    public static readonly Sentence NothingToBackUp = new("nothingToBackUp", "There is no configuration that could be used, so none is backed up");
    public static readonly Sentence NoBackup = new("noBackup", "This file is no backup of a BayEdge device");
    public static readonly Sentence WrongBackupPassword = new("wrongBackupPassword", "The secrets in this backup do not open with this password");
    public static readonly Sentence NothingToConfirm = new("nothingToConfirm", "No change waits to be confirmed");

    /// <summary>What is wrong with a configuration, with its place.</summary>
    public static Phrase Of(Problem problem) => problem.Where.Length == 0 ? problem.Says : ProblemAt.With(("where", problem.Where), ("reason", problem.Says));

    public static IReadOnlyList<Sentence> All { get; } =
    [
        .. typeof(PageTexts).GetFields().Select(field => field.GetValue(null)).OfType<Sentence>(),
    ];
}
