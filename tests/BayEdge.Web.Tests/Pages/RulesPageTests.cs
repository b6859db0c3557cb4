using System.Text.Json.Nodes;
using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

public sealed class RulesPageTests(Browser browser)
{
    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "标签出现不足 5 秒，只算路过。", "规则")]
    [InlineData("en", "A tag that is heard for less than 5 s only passes.", "Rules")]
    public async Task A_rule_is_a_sentence_with_a_slider_and_once_saved_it_stands_in_configuration_and_history(string language, string sentence, string named)
    {
        await using var device = await Device.StartAsync(Device.Simulated);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        await phone.ShowAsync("settings/rules");
        await phone.Page.Locator("[data-replay]").WaitForAsync();

        await phone.Page.PressAsync("[name=shortestStaySeconds]", "ArrowRight");
        await phone.Page.SelectOptionAsync("[name=departures]", "careful");
        await phone.Page.Locator("label", new PageLocatorOptions { HasText = sentence }).WaitForAsync();
        await phone.KeepPictureAsync("rules-changed");
        await phone.Page.ClickAsync("main > button:last-of-type");
        await phone.Page.Locator("main > p[role=status]").WaitForAsync();
        await phone.AssertFaultlessAsync("settings/rules");

        var rules = JsonNode.Parse(await File.ReadAllTextAsync(device.ConfigurationFile, TestContext.Current.CancellationToken))!["rules"]!;
        Assert.Equal((5, "careful", "balanced"), ((int)rules["shortestStaySeconds"]!, (string)rules["departures"]!, (string)rules["arrivals"]!));
        await phone.ShowAsync("settings/history");
        Assert.Contains(named, await phone.Page.InnerTextAsync("main .card >> nth=0"), StringComparison.Ordinal);
    }
}
