using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Setup;

/// <summary>The steps of the installation on a phone.</summary>
internal static class SetupSteps
{
    public static ILocator Step(this Phone phone, string step, string? state = null) =>
        phone.Page.Locator($".step[data-step={step}]{(state is null ? "" : $"[data-state={state}]")}");

    /// <summary>Goes to a step and waits until it is shown.</summary>
    public static async Task ShowStepAsync(this Phone phone, string step)
    {
        await phone.Page.EvaluateAsync($"location.hash = '#/setup/{step}'");
        await phone.Step(step).WaitForAsync();
    }

    /// <summary>The same step is there after a reload, because the device keeps it.</summary>
    public static async Task ReloadStepAsync(this Phone phone, string step)
    {
        await phone.Page.ReloadAsync();
        await phone.Step(step).WaitForAsync();
    }
}
