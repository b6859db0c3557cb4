using BayEdge.Core.Bays;

namespace BayEdge.Service.Updating;

/// <summary>What the device says of updates. Each has its texts in <c>wwwroot/i18n/system.*.json</c>.</summary>
internal static class UpdateSentences
{
    // How the last one stands.
    public static readonly Sentence Waiting = new("update.waiting", "The file is taken; it is about to be installed");
    public static readonly Sentence NotFetched = new("update.notFetched", "The file is taken, but nothing installs it: bayedge-update.path does not run on this device; whoever looks after it has to enable it");
    public static readonly Sentence Installing = new("update.installing", "Version {to} is being installed");
    public static readonly Sentence Trial = new("update.trial", "Version {to} is on trial: it stays if it soon works as well as {from} did");
    public static readonly Sentence Done = new("update.done", "Version {to} was installed");
    public static readonly Sentence DidNotStart = new("update.start", "Version {to} did not start, so {from} runs again");
    public static readonly Sentence DidNotWork = new("update.work", "Version {to} did not work as well as {from} had, so {from} runs again");
    public static readonly Sentence DiskRefused = new("update.disk", "Version {to} could not be unpacked, for the disk took no more: free some space and try again");
    public static readonly Sentence Interrupted = new("update.interrupted", "The power went before the update was there; give the device the file again");
    public static readonly Sentence Refused = new("update.refused", "The update was not installed: {reason}");

    // Why a file is not taken.
    public static readonly Sentence Off = new("update.off", "This device takes no updates over its page, for it has no key to tell them by; deploy/systemd/README.md says how to set it up");
    public static readonly Sentence UnderWay = new("update.underWay", "Another update is under way; wait for its outcome");
    public static readonly Sentence Unreadable = new("update.unreadable", "This file is no update: expected a file named bayedge-VERSION-COMPUTER.update, whole and unchanged");
    public static readonly Sentence Foreign = new("update.signature", "This update is not signed with the key that this device trusts; get it where this device came from");
    public static readonly Sentence OtherComputer = new("update.computer", "This update is for another kind of computer: expected one for {expected}");
    public static readonly Sentence Damaged = new("update.damaged", "The file was damaged on its way: download it again");
    public static readonly Sentence NotNewer = new("update.older", "Version {runs} runs, and only a newer one is installed, for an older one may not read what it has written");
    public static readonly Sentence NoRoom = new("update.noRoom", "An update needs about {needed} of free disk, and {free} are left");

    public static IReadOnlyList<Sentence> All { get; } =
    [
        .. typeof(UpdateSentences).GetFields().Select(field => field.GetValue(null)).OfType<Sentence>(),
    ];
}
