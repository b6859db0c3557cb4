using BayEdge.Simulator.Readers.Selectable;
using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

public sealed class ReaderDetailsTests(Browser browser)
{
    // One of a kind that has everything, one that has no outputs, one that only sends.
    private const string Readers = """
        {
          "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "1号工位" }],
          "readers": [
            { "id": "gate", "driver": "llrp", "address": "192.0.2.5", "simulated": true, "antennas": [{ "port": 1, "bay": "bay-01" }] },
            { "id": "module", "driver": "r200", "port": "/dev/none", "simulated": true, "antennas": [{ "port": 1, "bay": "bay-01" }] },
            { "id": "sender", "driver": "mqtt", "url": "mqtt://192.0.2.6", "topic": "tags", "simulated": true, "antennas": [{ "port": 1, "bay": "bay-01" }] }
          ]
        }
        """;

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "输出 2: 关", "输出 2: 开", "1 已连接")]
    [InlineData("en", "Output 2: off", "Output 2: on", "1 connected")]
    public async Task An_output_is_switched_and_the_number_of_a_tags_chip_read_where_the_reader_can_and_nothing_else_is_shown(
        string language, string off, string on, string antenna)
    {
        await using var device = await Device.StartAsync(Readers);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        await phone.ShowAsync("sources");
        var (gate, module, sender) = (CardOf(phone, "gate"), CardOf(phone, "module"), CardOf(phone, "sender"));
        foreach (var reader in (ILocator[])[gate, module, sender])
            await reader.Locator(".tags code").First.WaitForAsync();

        await gate.Locator(".reader > summary").ClickAsync();
        var output = gate.Locator(".output").Nth(1);
        await output.Locator("span", new LocatorLocatorOptions { HasText = off }).WaitForAsync();
        Assert.Contains(antenna, await gate.Locator(".facts").InnerTextAsync(), StringComparison.Ordinal);
        await output.Locator("button").First.ClickAsync();
        await output.Locator("span", new LocatorLocatorOptions { HasText = on }).WaitForAsync();
        Assert.Equal("true", await output.Locator("button").First.GetAttributeAsync("aria-pressed"));
        await ReadChipAsync(gate, "gate");
        await phone.KeepPictureAsync("reader");

        await module.Locator(".reader > summary").ClickAsync();
        await module.Locator(".facts", new LocatorLocatorOptions { HasText = "China 920-925 MHz" }).WaitForAsync();
        await ReadChipAsync(module, "module");
        Assert.Equal(0, await module.Locator(".output").CountAsync());
        Assert.Equal(0, await sender.Locator(".reader").CountAsync());
        await phone.AssertFaultlessAsync("sources");
    }

    private static ILocator CardOf(Phone phone, string reader) =>
        phone.Page.Locator(".card", new PageLocatorOptions { Has = phone.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = reader, Exact = true }) });

    private static async Task ReadChipAsync(ILocator reader, string id)
    {
        await reader.Locator("form [type=submit]").ClickAsync();
        await reader.Locator(".words code").WaitForAsync();
        Assert.Equal(VisitingTags.TidOf(VisitingTags.At(id, 1, TimeSpan.Zero)!), await reader.Locator(".words code").InnerTextAsync());
    }
}
