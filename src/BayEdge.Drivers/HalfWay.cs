using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>A device that refuses in the midst of a change is neither as it was nor as it is wanted: it would stay silent, and pass for an empty bay.</summary>
internal static class HalfWay
{
    /// <exception cref="DeviceFaultException">As the change has it; never refused, but lost.</exception>
    public static async Task MustAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            throw new DeviceFaultException(DeviceFaultKind.Lost, $"{fault.Says} It is connected anew as configured.", fault);
        }
    }
}
