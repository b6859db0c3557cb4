using BayEdge.Core.Bays;

namespace BayEdge.Service.Commissioning;

/// <summary>What the steps say that touch the device's parts. The page says each of them in its languages, by its key.</summary>
internal static class SetupSentences
{
    // Network.
    public static readonly Sentence LinkUp = new("net.linkUp", "{card} is connected");
    public static readonly Sentence LinkDown = new("net.linkDown", "no network card is connected: check the cable or the wireless network");
    public static readonly Sentence Address = new("net.address", "the device is {address}");
    public static readonly Sentence NoAddress = new("net.noAddress", "the device has no address: check that the network gives addresses, or enter one");
    public static readonly Sentence GatewayAnswers = new("net.gatewayAnswers", "the gateway {gateway} answers");
    public static readonly Sentence GatewaySilent = new("net.gatewaySilent", "the gateway {gateway} does not answer: check its address; some gateways never do");
    public static readonly Sentence NoGateway = new("net.noGateway", "there is no gateway; only this network can be reached");
    public static readonly Sentence NameServers = new("net.nameServers", "names are asked of {servers}");
    public static readonly Sentence NoNameServer = new("net.noNameServer", "there is no name server; enter the broker's address in numbers");
    public static readonly Sentence ClockFollows = new("net.clockFollows", "the clock follows a time server, wrong by {error} at most");
    public static readonly Sentence ClockFree = new("net.clockFree", "the clock follows no time server: times may be wrong, and certificates cannot be judged");
    public static readonly Sentence NetworkChecked = new("net.checked", "the network was looked at");
    public static readonly Sentence ManagedHere = new("net.managedHere", "the address can be changed here");
    public static readonly Sentence ManagedElsewhere = new("net.managedElsewhere", "the address is managed outside this page, for the device has no NetworkManager");

    // Central system.
    public static readonly Sentence CentralReached = new("central.reached", "the central system is reached");
    public static readonly Sentence CentralFailed = new("central.failed", "the connection stops at the failed line");
    public static readonly Sentence WithoutCentral = new("central.without", "goes on without central system; events are kept until there is one");
    public static readonly Sentence CentralRuns = new("central.runs", "the connection is being tested already; wait for the outcome, then try again");
    public static readonly Sentence CentralNotKept = new("central.notKept", "it could not be kept: {reason}");

    // Bays, readers, cameras, rules.
    public static readonly Sentence BaysNamed = new("bays.named", "{count} bays");
    public static readonly Sentence ReaderUp = new("readers.up", "{reader} works; antennas look at {bays}");
    public static readonly Sentence NoTagHeld = new("readers.noTagHeld", "{reader} works, but no tag was held in {bays}: which antenna looks there is not proved");
    public static readonly Sentence ReaderDown = new("readers.down", "{reader} does not work: {reason}");
    public static readonly Sentence ReaderStarting = new("readers.starting", "{reader} is about to start");
    public static readonly Sentence Readers = new("readers.done", "{count} readers");
    public static readonly Sentence NoReader = new("readers.none", "there is no reader; vehicles are known by their plates only");
    public static readonly Sentence BayWithoutSource = new("bays.withoutSource", "nothing looks at {bay}: give it an antenna or a camera's zone");
    public static readonly Sentence NoPlateShown = new("cameras.noPlate", "{camera} works, but no plate was seen: let a vehicle stand before it");
    public static readonly Sentence CameraUpRead = new("cameras.upRead", "{camera} works; a plate was {width} px wide, {least} are needed; read alike in {read} of {of} pictures");
    public static readonly Sentence PlateSmall = new("cameras.plateSmall", "{camera} works, but a plate was only {width} px wide, {least} are needed: move the camera nearer or zoom in");
    public static readonly Sentence CameraDown = new("cameras.down", "{camera} does not work: {reason}");
    public static readonly Sentence Cameras = new("cameras.done", "{count} cameras");
    public static readonly Sentence NoCamera = new("cameras.none", "there is no camera; vehicles are known by their tags only");
    public static readonly Sentence RulesKept = new("rules.kept", "the device decides by itself how long it waits");
    public static readonly Sentence RulesSet = new("rules.set", "the rules differ from those delivered");
    public static readonly Sentence ReplayedWithDelay = new(
        "rules.replayedWithDelay",
        "the last {length} again: {arrivals} arrivals, {departures} departures, {takenBack} taken back; a departure is usually told after {delay}");
    public static readonly Sentence Replayed = new("rules.replayed", "the last {length} again: {arrivals} arrivals, {departures} departures, {takenBack} taken back");
    public static readonly Sentence NothingRecorded = new("rules.nothingRecorded", "nothing was recorded yet");
    public static readonly Sentence RecordingUnreadable = new("rules.recordingUnreadable", "what was recorded cannot be read: {reason}");
    public static readonly Sentence ReplayBusy = new("rules.replayBusy", "others have the recording decided once more; try again in a moment");
    public static readonly Sentence ReplayTooLong = new("rules.replayTooLong", "the recording is too long for this device: it was given up after {limit}; take a shorter time");

    // Refusals.
    public static readonly Sentence AnotherFaster = new("setup.anotherFaster", "another phone was faster: this was changed since you began; look at the current values, then change it again");
    public static readonly Sentence NoConfiguration = new("setup.noConfiguration", "first name the device and its central system");
    public static readonly Sentence NoSuchBay = new("setup.noSuchBay", "there is no bay {bay}");
    public static readonly Sentence NoSuchSource = new("setup.noSuchSource", "there is no reader or camera {id}");
    public static readonly Sentence BayOccupied = new("walk.bayOccupied", "{bay} is occupied: drive the vehicle out first");
    public static readonly Sentence WalkRuns = new("walk.runs", "a walk test runs already");
    public static readonly Sentence NetworkRefused = new("net.refused", "the network could not be changed: {reason}");
    public static readonly Sentence NoPower = new("readers.noPower", "this reader's power cannot be changed from here");
    public static readonly Sentence DeviceRefused = new("readers.refused", "{reason}");
}
