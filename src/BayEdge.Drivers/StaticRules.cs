using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>Makes an answer of the refusals that a source begins with.</summary>
internal static class StaticRules
{
    public static DeviceFaultException? FaultOf(Action require)
    {
        try
        {
            require();
            return null;
        }
        catch (DeviceFaultException fault)
        {
            return fault;
        }
    }
}
