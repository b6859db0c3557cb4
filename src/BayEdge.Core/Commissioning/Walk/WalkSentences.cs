using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>What the walk test says. The page says each of them in its languages, by its key.</summary>
public static class WalkSentences
{
    internal static readonly Sentence WaitForArrival = new("walk.waitForArrival", "drive the vehicle into {bay}");
    internal static readonly Sentence Noticed = new("walk.noticed", "something is noticed in {bay}; not sure yet");
    internal static readonly Sentence Arrived = new("walk.arrived", "arrival told {latency} after it happened, by tag and plate as one visit");
    internal static readonly Sentence ArrivedByTag = new("walk.arrivedByTag", "arrival told {latency} after it happened, by the tag");
    internal static readonly Sentence ArrivedByPlate = new("walk.arrivedByPlate", "arrival told {latency} after it happened, by the plate");
    internal static readonly Sentence ArrivedUnnamed = new("walk.arrivedUnnamed", "arrival told {latency} after it happened; neither tag nor plate named the vehicle");
    internal static readonly Sentence NothingNoticed = new("walk.nothingNoticed", "nothing was noticed in {bay} within {length}: check that its reader and camera are up and look at the bay");
    internal static readonly Sentence NoticedElsewhere = new("walk.noticedElsewhere", "the vehicle was noticed in {other}, not in {bay}: an antenna or a zone is given to the wrong bay");
    internal static readonly Sentence NotSure = new("walk.notSure", "the vehicle was noticed in {bay} {count} times, but not surely enough within {length}: raise the power or mend the view");
    internal static readonly Sentence TwoVisits = new("walk.twoVisits", "told as {count} visits instead of one: the tag and the plate were not taken for one vehicle");
    internal static readonly Sentence TakenBack = new("walk.takenBack", "the arrival was taken back: {reason}");

    internal static readonly Sentence NothingTyped = new("walk.nothingTyped", "neither plate nor tag was typed, so nothing was compared");
    internal static readonly Sentence NotRecognised = new("walk.notRecognised", "waiting until {typed} is recognised");
    internal static readonly Sentence Same = new("walk.same", "{typed}, as typed");
    internal static readonly Sentence OtherPlate = new("walk.otherPlate", "read {read}, but {typed} was typed: clean the plate, or give it more pixels");
    internal static readonly Sentence OtherTag = new("walk.otherTag", "heard tag {read}, but {typed} was typed: another tag is on the vehicle, or near it");
    internal static readonly Sentence PartlySame = new("walk.partlySame", "{typed} as typed; {missing} was not recognised within {length}");
    internal static readonly Sentence NeverRecognised = new("walk.neverRecognised", "{typed} was not recognised within {length}");

    internal static readonly Sentence NoOtherBay = new("walk.noOtherBay", "this device has no other bay");
    internal static readonly Sentence Listening = new("walk.listening", "listening to the other bays");
    internal static readonly Sentence Silent = new("walk.silent", "silent");
    internal static readonly Sentence SilentWithMargin = new("walk.silentWithMargin", "silent; {bay} hears the tag at {here}, {other} at {there} at most");
    internal static readonly Sentence SmallMargin = new("walk.smallMargin", "silent, but {other} hears the tag at {there}, nearly as strongly as {bay} at {here}: lower the power of {other}");
    internal static readonly Sentence AlsoThere = new("walk.alsoThere", "{other} told the same vehicle as well: lower the power there, or check which antenna looks where");
    internal static readonly Sentence AnotherVehicle = new("walk.anotherVehicle", "another vehicle came to {other} meanwhile; repeat the test when the bays are quiet");

    internal static readonly Sentence NoCentral = new("walk.noCentral", "no central system is configured; the device keeps its events");
    internal static readonly Sentence WaitForCentral = new("walk.waitForCentral", "waiting for the central system's word");
    internal static readonly Sentence Confirmed = new("walk.confirmed", "confirmed by the central system within {roundTrip}");
    internal static readonly Sentence NotConnected = new("walk.notConnected", "not confirmed within {length}: the broker cannot be reached");
    internal static readonly Sentence NobodyConfirms = new("walk.nobodyConfirms", "not confirmed within {length} though the broker can be reached: nobody acknowledges; check that the central system runs and acknowledges this device");

    internal static readonly Sentence WaitForLeaving = new("walk.waitForLeaving", "drive the vehicle out");
    internal static readonly Sentence DrivingOff = new("walk.drivingOff", "waiting until its departure is sure");
    internal static readonly Sentence Left = new("walk.left", "departure told {latency} after it happened; the vehicle stayed {stay}");
    internal static readonly Sentence LeftAgainstTap = new("walk.leftAgainstTap", "departure dated {error} beside your tap, told {latency} after it happened; the vehicle stayed {stay}");
    internal static readonly Sentence LeftLate = new("walk.leftLate", "departure told only {latency} after it happened, more than {limit}");
    internal static readonly Sentence LeftEarly = new("walk.leftEarly", "departure dated {error} before the vehicle drove off");
    internal static readonly Sentence StillHeard = new("walk.stillHeard", "no departure within {length}: the vehicle was noticed {ago} ago still; lower the power, or drive farther away");
    internal static readonly Sentence NotLeft = new("walk.notLeft", "no departure within {length} though nothing more was noticed of the vehicle");

    internal static readonly Sentence PullCable = new("walk.pullCable", "pull the network cable for half a minute, and drive out meanwhile");
    internal static readonly Sentence CutFor = new("walk.cutFor", "cut for {length}; {count} events wait");
    internal static readonly Sentence Draining = new("walk.draining", "the network is back; {count} events are on their way");
    internal static readonly Sentence Drained = new("walk.drained", "after {length} without network {count} events arrived in their order within {drain}");
    internal static readonly Sentence NothingQueued = new("walk.nothingQueued", "the network was away for {length} and came back, but nothing had to wait: repeat it while the vehicle leaves");
    internal static readonly Sentence OutOfOrder = new("walk.outOfOrder", "event {later} arrived before event {earlier}");
    internal static readonly Sentence NotDrained = new("walk.notDrained", "{count} events had not arrived {length} after the network was back");

    internal static readonly Sentence NotTried = new("walk.notTried", "not tried");

    internal static readonly Sentence ChangedSince = new("walk.changedSince", "an antenna, its power, a zone or a contact of this bay was changed since: walk it again");
    internal static readonly Sentence NotWalked = new("walk.notWalked", "{bay} was not tried yet");
    internal static readonly Sentence Verified = new("walk.verified", "{count} of {of} bays verified");
    private static readonly Sentence BayVerified = new("walk.bayVerified", "{bay} verified");
    private static readonly Sentence BayWithRemarks = new("walk.bayWithRemarks", "{bay} works, with remarks");
    private static readonly Sentence BayFailed = new("walk.bayFailed", "{bay} is not verified");

    /// <summary>What came of a bay's test, in one sentence.</summary>
    public static Phrase Verdict(WalkResult walk) =>
        (walk.State switch { StepState.Ok => BayVerified, StepState.Warning => BayWithRemarks, _ => BayFailed }).With(("bay", walk.Bay));
}
