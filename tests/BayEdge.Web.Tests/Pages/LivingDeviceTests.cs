using BayEdge.Service.Configuring;
using BayEdge.Simulator.Readers.Selectable;
using BayEdge.Web.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

/// <summary>What only shows while vehicles come and settings change.</summary>
public sealed class LivingDeviceTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_tap_says_why_a_bay_is_occupied_and_another_what_an_event_rests_on(string language)
    {
        await using var device = await Device.StartAsync(Device.Simulated);
        // The vehicle that the simulated reader hears anyway, as if it had come a minute ago.
        await device.HearAsync(VisitingTags.At("reader-1", 1, TimeSpan.Zero)!, TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        await phone.Page.WaitForSelectorAsync(".bay.occupied");

        await phone.Page.TapAsync(".bay button");
        await phone.Page.WaitForSelectorAsync("#why[open] .hypothesis .evidence li");
        await phone.Page.TapAsync("#why-decisions summary");
        await phone.Page.WaitForSelectorAsync("#why-decisions details[open] .evidence li");
        Assert.Contains("1号工位", await phone.Page.InnerTextAsync("#why-title"), StringComparison.Ordinal);
        await phone.KeepPictureAsync("why");
        await phone.AssertFaultlessAsync("why");
        await phone.Page.TapAsync("#why-close");
        await phone.Page.WaitForSelectorAsync("#why", new PageWaitForSelectorOptions { State = WaitForSelectorState.Detached });

        await phone.ShowAsync("events");
        await phone.Page.TapAsync("main li summary");
        await phone.Page.WaitForSelectorAsync("main li details[open] .evidence li");
        await phone.KeepPictureAsync("event");
        await phone.AssertFaultlessAsync("event");
    }

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_tap_in_the_history_brings_an_earlier_version_back(string language)
    {
        await using var device = await Device.StartAsync(Device.Simulated);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        var keeper = device.Service.Services.GetRequiredService<ConfigurationKeeper>();
        await keeper.ProposeAsync(keeper.Show().Replace("1号工位", "门口", StringComparison.Ordinal), "installer", "bays", null, Cancellation);
        await phone.Page.Locator(".bay", new PageLocatorOptions { HasText = "门口" }).WaitForAsync();

        await phone.ShowAsync("settings/history");
        var versions = await phone.Page.Locator("main .card").CountAsync();
        await phone.Page.TapAsync("main .card >> nth=1 >> summary");
        await phone.Page.TapAsync("main .card >> nth=1 >> button");
        await phone.Page.Locator("main .card").Nth(versions).WaitForAsync();
        await phone.KeepPictureAsync("version-brought-back");
        await phone.AssertFaultlessAsync("settings/history");

        Assert.Equal("1号工位", keeper.Current.Configuration!.Bays[0].Name);
        await phone.ShowAsync("bays");
        await phone.Page.Locator(".bay", new PageLocatorOptions { HasText = "1号工位" }).WaitForAsync();
    }
}
