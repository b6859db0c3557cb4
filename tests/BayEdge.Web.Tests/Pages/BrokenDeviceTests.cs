using BayEdge.TestKit;
using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

/// <summary>What breaks below the page is said on it, first and in the reader's language.</summary>
public sealed class BrokenDeviceTests(Browser browser)
{
    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "事件无法保存：", "磁盘已满")]
    [InlineData("en", "Events cannot be stored: ", "disk is full")]
    public async Task On_a_full_disk_every_page_opens_and_says_so_first(string language, string says, string why)
    {
        await using var device = await InstalledDevice.WithFullDiskAsync(Device.EverythingBroken);

        await WalkAsync(device, language, says, why, "full-disk");
    }

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "cam-1 不工作：", "车牌")]
    [InlineData("en", "cam-1 does not work: ", "Plates cannot be read")]
    public async Task Without_the_networks_that_read_plates_every_page_opens_and_says_so_first(string language, string says, string why)
    {
        using var pictures = new TemporaryFolder();
        var page = await browser.Chromium.NewPageAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = pictures.File("bay.jpg"), Type = ScreenshotType.Jpeg });
        await page.CloseAsync();
        await using var device = await InstalledDevice.WithoutPlateNetworksAsync($$"""
            {
              "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "1号工位" }],
              "cameras": [{ "id": "cam-1", "driver": "stream", "url": "{{pictures.Path}}", "zones": [{ "bay": "bay-01", "polygon": [[0,0],[1,0],[1,1]] }] }]
            }
            """);

        await WalkAsync(device, language, says, why, "no-networks");
    }

    private async Task WalkAsync(InstalledDevice device, string language, string says, string why, string picture)
    {
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        var said = phone.Page.Locator(".faults", new PageLocatorOptions { HasText = says }).Filter(new LocatorFilterOptions { HasText = why });
        await said.WaitForAsync();
        foreach (var page in EveryPageTests.All)
        {
            await phone.ShowAsync(page);
            await phone.AssertFaultlessAsync(page);
            Assert.True(await said.CountAsync() == 1, $"{page} does not say first what is broken.");
        }

        await phone.KeepPictureAsync(picture);
    }
}
