using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Setup;

public sealed class ReaderStepTests(Browser browser)
{
    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_driver_can_be_chosen_and_asks_for_what_its_readers_need(string language)
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        await phone.ShowAsync("setup/readers");
        await phone.Page.ClickAsync(".step details:has([name=driver]) > summary");
        var drivers = phone.Page.Locator("[name=driver]");
        var ids = await drivers.Locator("option").EvaluateAllAsync<string[]>("options => options.map(option => option.value)");

        Assert.True(ids.Length > 3, string.Join(", ", ids));
        foreach (var id in ids)
        {
            await drivers.SelectOptionAsync(id);
            await Assertions.Expect(drivers).ToHaveValueAsync(id);
            await phone.AssertFaultlessAsync(id);
        }

        // The driver of the module at a serial port asks for that port, which answers nothing here.
        await drivers.SelectOptionAsync("r200");
        await phone.Page.FillAsync(".step [name=port]", "/dev/ttyNone");
        await phone.Page.ClickAsync(".step details form [type=submit]");
        await phone.Page.Locator(".step details .card.fail").WaitForAsync();
        await phone.KeepPictureAsync("setup.readers-driver");
        await phone.AssertFaultlessAsync("readers");
    }
}
