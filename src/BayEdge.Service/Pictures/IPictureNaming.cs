using BayEdge.Core.Bays;

namespace BayEdge.Service.Pictures;

/// <summary>Says which pictures show what was decided.</summary>
internal interface IPictureNaming
{
    /// <summary>The transition with the ids of its pictures in its evidence, if there are any. Returns at once and throws nothing.</summary>
    Transition Name(Transition transition);
}
