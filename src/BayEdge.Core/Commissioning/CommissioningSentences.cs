using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning;

/// <summary>What the steps say beside the walk test. The page says each of them in its languages, by its key.</summary>
public static class CommissioningSentences
{
    public static readonly Sentence Joined = new("setup.joined", "this phone reaches the device");
    public static readonly Sentence Claimed = new("setup.claimed", "the device belongs to this workshop");
    public static readonly Sentence Adopted = new("setup.adopted", "taken over from {device}");
    public static readonly Sentence AdoptedWithout = new("setup.adoptedWithout", "taken over from {device}, but without its secrets; enter anew: {secrets}");
    public static readonly Sentence HandedOver = new("setup.handedOver", "handed over by {by}; {count} of {of} bays verified");
}
