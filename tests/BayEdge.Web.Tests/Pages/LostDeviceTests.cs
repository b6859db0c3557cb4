using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

public sealed class LostDeviceTests(Browser browser)
{
    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "设备没有响应")]
    [InlineData("en", "The device does not answer")]
    public async Task A_device_whose_power_is_cut_is_told_as_away_though_nobody_hung_up_and_is_found_again(string language, string says)
    {
        await using var device = await Device.StartAsync(Device.Simulated);
        using var link = new SilentLink(device.Page.Port);
        await using var phone = await Phone.OpenAsync(browser, link.Page, language);
        await phone.LogInAsync();
        await phone.ShowAsync("bays");
        var away = phone.Page.Locator(".strip.bad", new PageLocatorOptions { HasText = says });
        await Assertions.Expect(away).ToHaveCountAsync(0);

        link.CutPower();
        await away.WaitForAsync();
        await phone.AssertFaultlessAsync("away");

        link.RestorePower();
        await away.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }
}
