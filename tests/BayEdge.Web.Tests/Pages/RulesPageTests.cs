using System.Text.Json.Nodes;
using BayEdge.Web.Tests.Running;
using BayEdge.Web.Tests.Setup;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

public sealed class RulesPageTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "没有到访", "仍在")]
    [InlineData("en", "no visit", "still there")]
    public async Task Another_rule_shows_which_visits_come_which_go_and_which_last_longer(string language, string noVisit, string stillThere)
    {
        using var clock = new WorkshopClock();
        var impatient = JsonNode.Parse(Device.OneReader)!;
        impatient["rules"] = new JsonObject { ["longestSilenceMinutes"] = 5 };
        await using var device = await Device.StartAsync(impatient.ToJsonString(), bayClock: clock);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        await phone.ShowAsync("settings/rules");
        await device.HearAsync("E28068940000501234567890", TimeSpan.FromMinutes(2), clock, Cancellation);
        await LiveAsync(clock, TimeSpan.FromMinutes(5.5));

        // Silence is waited for as long as can be set.
        await phone.Page.SelectOptionAsync(".card select >> nth=-1", "60");
        await phone.Page.SelectOptionAsync("[name=departures]", "careful");
        await phone.Page.PressAsync("[name=shortestSilenceSeconds]", "End");
        await phone.Page.PressAsync("[name=longestSilenceMinutes]", "End");
        await DifferAsync(phone, 2, stillThere);
        await phone.KeepPictureAsync("rules-visit-longer");
        await phone.AssertFaultlessAsync("settings/rules");

        // Whoever stands there for two minutes only passes.
        await phone.Page.ClickAsync(".card button.secondary");
        await phone.Page.PressAsync("[name=shortestStaySeconds]", "End");
        await DifferAsync(phone, 2, noVisit);
        await phone.KeepPictureAsync("rules-visit-gone");

        await phone.Page.ClickAsync("main > button:last-of-type");
        await phone.Page.Locator("[data-replay='0']").WaitForAsync();
        await phone.Page.PressAsync("[name=shortestStaySeconds]", "Home");
        await DifferAsync(phone, 1, noVisit);
        await phone.KeepPictureAsync("rules-visit-added");
    }

    // Of a difference, the first line says what the rules that hold make of it, the second what the others do.
    private static Task DifferAsync(Phone phone, int line, string says) =>
        phone.Page.Locator($"[data-replay='1'] .differences dd:nth-of-type({line})", new PageLocatorOptions { HasText = says }).WaitForAsync();

    private static async Task LiveAsync(WorkshopClock clock, TimeSpan time)
    {
        clock.Speed = 60;
        await Task.Delay(time, clock, Cancellation);
        clock.Speed = 1;
    }
}
