using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

public sealed class EveryPageTests(Browser browser)
{
    public static readonly string[] All =
    [
        "bays", "events", "sources", "settings", "settings/general", "settings/bays", "settings/readers", "settings/cameras", "settings/presence", "settings/central",
        "settings/rules", "settings/history", "settings/text", "system", "system/logs", "system/diagnostics", "system/backup", "system/update", "system/access",
        "setup/join", "setup/claim", "setup/network", "setup/central", "setup/bays", "setup/readers", "setup/cameras", "setup/rules", "setup/walkTest", "setup/handover",
    ];

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_page_opens_for_all_people_while_reader_camera_and_broker_are_missing(string language)
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.KeepPictureAsync("login");
        await phone.AssertFaultlessAsync("login");
        await phone.LogInAsync();
        await phone.Page.WaitForFunctionAsync("() => document.querySelectorAll('.fault.bad').length >= 3");

        foreach (var page in All)
        {
            await phone.ShowAsync(page);
            await phone.KeepPictureAsync(page);
            await phone.AssertFaultlessAsync(page);
            Assert.True(await phone.Page.Locator(".fault.bad").CountAsync() >= 3, $"{page} does not say first what is broken.");
        }

        Assert.DoesNotContain("hunter2", await phone.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "配置无法使用：第 1 行第 20 列：这里应为有效的 JSON")]
    [InlineData("en", "The configuration cannot be used: line 1, column 20: expected valid JSON here")]
    public async Task With_a_broken_configuration_the_page_says_so_and_lets_it_be_mended(string language, string says)
    {
        await using var device = await Device.StartAsync("""{ "site": "sh-01", broken""");
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();

        foreach (var page in All)
        {
            await phone.ShowAsync(page);
            await phone.Page.Locator(".strip.bad", new PageLocatorOptions { HasText = says }).WaitForAsync();
            await phone.AssertFaultlessAsync(page);
        }

        await phone.ShowAsync("settings/text");
        await phone.KeepPictureAsync("broken-configuration");
        await phone.Page.FillAsync("textarea", Device.Simulated);
        await phone.Page.ClickAsync("main button");
        await phone.Page.WaitForFunctionAsync("() => !document.querySelector('.fault.bad')");

        await phone.ShowAsync("bays");
        await phone.Page.WaitForSelectorAsync(".bay");
        await phone.AssertFaultlessAsync("bays");
    }

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "事件无法保存：", "日志“")]
    [InlineData("en", "Events cannot be stored: ", "The journal '")]
    public async Task Where_the_disk_takes_no_journal_the_page_opens_and_says_so_first(string language, string says, string why)
    {
        await using var device = await Device.StartAsync(Device.Simulated, prepare: folder => Directory.CreateDirectory(folder.File("journal.db")));
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();

        foreach (var page in new[] { "bays", "events", "sources", "settings", "system" })
        {
            await phone.ShowAsync(page);
            await phone.Page.Locator(".strip.bad", new PageLocatorOptions { HasText = $"{says}{why}" }).WaitForAsync();
        }

        await phone.KeepPictureAsync("no-journal");
        await phone.AssertFaultlessAsync("no-journal");
    }

    [Fact(Timeout = 300_000)]
    public async Task In_the_dark_everything_can_be_read_too()
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        await using var phone = await Phone.OpenAsync(browser, device.Page, "en");
        await phone.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await phone.LogInAsync();

        foreach (var page in new[] { "bays", "sources", "settings/readers", "system" })
        {
            await phone.ShowAsync(page);
            await phone.KeepPictureAsync($"{page}.dark");
            await phone.AssertFaultlessAsync(page);
        }
    }
}
