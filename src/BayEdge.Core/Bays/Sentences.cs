namespace BayEdge.Core.Bays;

/// <summary>Every sentence of an explanation. The page says each of them in its languages, by its key.</summary>
internal static class Sentences
{
    // Evidence.
    public static readonly Sentence TagRead = new("tagRead", "tag {tag} read {reads} times");
    public static readonly Sentence TagReadAtLevel = new("tagReadAtLevel", "tag {tag} read {reads} times, strongest {rssi}");
    public static readonly Sentence TagHeardElsewhere = new("tagHeardElsewhere", "tag {tag} heard in {bay} as well");
    public static readonly Sentence TagMoved = new("tagMoved", "tag {tag} is now clearly in {bay}");
    public static readonly Sentence TagSucceeded = new("tagSucceeded", "tag {tag} stands in the bay now");
    public static readonly Sentence PlateRead = new("plateRead", "plate {plate} read {readings} times, best confidence {confidence}");
    public static readonly Sentence PlateStated = new("plateStated", "a person says that the plate is {plate}");
    public static readonly Sentence PlateMoved = new("plateMoved", "plate {plate} is now read in {bay}");
    public static readonly Sentence OccupiedSince = new("occupiedSince", "occupied since {time}");
    public static readonly Sentence EmptySince = new("emptySince", "empty since {time}");
    public static readonly Sentence PicturesUnclear = new("picturesUnclear", "the pictures do not show clearly whether the bay is occupied");
    public static readonly Sentence ChangeSeen = new("changeSeen", "the bay was seen to change since the vehicle was last noticed");
    public static readonly Sentence NoChangeSeen = new("noChangeSeen", "no change was seen in the bay since the vehicle was last noticed");
    public static readonly Sentence Unwatched = new("unwatched", "no camera watches the bay; unseen, it is rather vacant");
    public static readonly Sentence Leftover = new("leftover", "a contact has been closed since before the last vehicle left, so it shows no new one");
    public static readonly Sentence SeenLately = new("seenLately", "the vehicle was noticed {length} ago");
    public static readonly Sentence SilentSuddenly = new("silentSuddenly", "nothing seen of the vehicle for {length}, from one moment to the next");
    public static readonly Sentence SilentAfterSinking = new("silentAfterSinking", "nothing seen of the vehicle for {length}, after its tag had grown weaker");
    public static readonly Sentence SilentAfterFading = new("silentAfterFading", "nothing seen of the vehicle for {length}, after its tag had faded away");
    public static readonly Sentence SilentAfterPassing = new("silentAfterPassing", "nothing seen of the vehicle for {length}, after it was heard on its way out");
    public static readonly Sentence BayRemoved = new("bayRemoved", "the bay was taken out of the configuration");
    public static readonly Sentence ExpectedAs = new("expectedAs", "expected as {ref}");
    public static readonly Sentence ExpectedThough = new("expectedThough", "expected as {ref}; {plate} was read");

    // Why something is told anew.
    public static readonly Sentence OnlyHidden = new("onlyHidden", "the vehicle was only hidden and never left");
    public static readonly Sentence AnotherVehicle = new("anotherVehicle", "the vehicle turned out to be another");
    public static readonly Sentence ElsewhereAllTheTime = new("elsewhereAllTheTime", "the vehicle stood in another bay all the time");
    public static readonly Sentence OnlyInThePicture = new("onlyInThePicture", "something was in the picture for a moment, but no vehicle");
    public static readonly Sentence OnlyStopped = new("onlyStopped", "the vehicle only stopped before the bay");

    // What may be.
    public static readonly Sentence Unknown = new("unknown", "unknown: no source of this bay works");
    public static readonly Sentence Vacant = new("vacant", "vacant");
    public static readonly Sentence Named = new("named", "{vehicle}");
    public static readonly Sentence NamedByTag = new("namedByTag", "tag {tag}");
    public static readonly Sentence Unnamed = new("unnamed", "a vehicle that nothing names");

    // What else it could have been.
    public static readonly Sentence InBay = new("inBay", "in {bay}");
    public static readonly Sentence PassingBy = new("passingBy", "a vehicle that only passes by; {odds} against it");
    public static readonly Sentence StillVacant = new("stillVacant", "no vehicle at all; {odds} against it");
    public static readonly Sentence StillThere = new("stillThere", "still there, only hidden; {odds} against it");
    public static readonly Sentence StillThereUnweighed = new("stillThereUnweighed", "still there, only hidden");
    public static readonly Sentence CameBack = new("cameBack", "it left and came back; {odds} against it");
    public static readonly Sentence ShortVisit = new("shortVisit", "a visit of {length}");
    public static readonly Sentence NextExpected = new("nextExpected", "{vehicle}; {odds} against it");
    public static readonly Sentence AsToldBefore = new("asToldBefore", "{vehicle}, as told before");

    // What would change the decision.
    public static readonly Sentence NoSource = new("noSource", "no source of this bay works, so nothing can be noticed");
    public static readonly Sentence NoWitness = new("noWitness", "no source that knows this vehicle works, so its leaving cannot be noticed");
    public static readonly Sentence SeeingItEmpty = new("seeingItEmpty", "the camera's seeing the bay empty");
    public static readonly Sentence Silence = new("silence", "no sign of the vehicle for {length} (now {now})");
    public static readonly Sentence NoLongerOccupied = new("noLongerOccupied", "what says that the bay is occupied, saying so no more");
    public static readonly Sentence TagAgain = new("tagAgain", "tag {tag} heard here again from before {time} on");
    public static readonly Sentence TagLonger = new("tagLonger", "tag {tag} heard here longer or more strongly");
    public static readonly Sentence TagClearer = new("tagClearer", "tag {tag} heard more clearly here than in {bay}");
    public static readonly Sentence AnySign = new("anySign", "a tag read at least {reads} times over {length}, or a plate, picture or contact that shows a vehicle");
    public static readonly Sentence AnotherName = new("anotherName", "a plate or tag that names another vehicle");
}
