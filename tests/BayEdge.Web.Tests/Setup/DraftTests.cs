using System.Text.Json.Nodes;
using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Setup;

/// <summary>What is typed on a phone and not yet saved.</summary>
public sealed class DraftTests(Browser browser)
{
    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "另一部手机抢先了")]
    [InlineData("en", "Another phone was faster")]
    public async Task The_slower_of_two_phones_is_told_in_words_and_goes_on_from_what_the_quicker_one_saved(string language, string says)
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        await using var quicker = await OpenAsync(device, language);
        await using var slower = await OpenAsync(device, language);
        foreach (var phone in (Phone[])[quicker, slower])
            await phone.ShowStepAsync("bays");
        await slower.Page.Locator("form input").First.FillAsync("东");

        await quicker.Page.Locator("form input").First.FillAsync("西");
        await quicker.Page.ClickAsync("form [type=submit]");
        await quicker.Step("readers").WaitForAsync();
        await slower.Page.ClickAsync("form [type=submit]");

        await slower.Page.Locator(".problem", new PageLocatorOptions { HasText = says }).WaitForAsync();
        Assert.Equal("东", await slower.Page.Locator("form input").First.InputValueAsync());
        Assert.Equal("西", BayOf(device));
        await slower.KeepPictureAsync("setup.bays-slower");
        await slower.AssertFaultlessAsync("bays");
        await slower.Page.ClickAsync(".theirs");
        await Assertions.Expect(slower.Page.Locator("form input").First).ToHaveValueAsync("西");
        await slower.Page.Locator("form input").First.FillAsync("南");
        await slower.Page.ClickAsync("form [type=submit]");
        await slower.Step("readers").WaitForAsync();
        Assert.Equal("南", BayOf(device));
    }

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "另一部手机抢先了")]
    [InlineData("en", "Another phone was faster")]
    public async Task Whoever_names_the_device_does_not_undo_what_another_phone_called_it_since(string language, string says)
    {
        await using var device = await Device.StartAsync(Device.OneReader);
        await using var quicker = await OpenAsync(device, language);
        await using var slower = await OpenAsync(device, language);
        foreach (var (phone, name) in (IReadOnlyList<(Phone, string)>)[(quicker, "pi-02"), (slower, "pi-03")])
        {
            await phone.ShowStepAsync("central");
            await phone.Page.FillAsync("[name=device]", name);
        }

        // The same phone may correct itself.
        foreach (var name in (string[])["pi-02", "pi-04"])
        {
            await quicker.Page.FillAsync("[name=device]", name);
            await quicker.Page.ClickAsync("form [type=submit]");
            await quicker.Page.Locator("header", new PageLocatorOptions { HasText = name }).WaitForAsync();
        }

        await slower.Page.ClickAsync("form [type=submit]");

        await slower.Page.Locator(".problem", new PageLocatorOptions { HasText = says }).WaitForAsync();
        await slower.Page.ClickAsync(".theirs");
        await Assertions.Expect(slower.Page.Locator("[name=device]")).ToHaveValueAsync("pi-04");
    }

    [Fact(Timeout = 300_000)]
    public async Task Whoever_logs_out_leaves_nothing_typed_on_the_phone()
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        await using var phone = await OpenAsync(device, "en");
        await phone.ShowStepAsync("central");
        await phone.Page.FillAsync("[name=site]", "typed-not-sent");
        await phone.ReloadStepAsync("central");
        Assert.Equal("typed-not-sent", await phone.Page.InputValueAsync("[name=site]"));

        await phone.ShowAsync("system");
        await phone.Page.ClickAsync("#logout");
        await phone.Page.WaitForSelectorAsync("input[name=password]");

        Assert.Equal(0, await phone.Page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(key => key.startsWith('draft/')).length"));
        await phone.LogInAsync();
        await phone.ShowStepAsync("central");
        await Assertions.Expect(phone.Page.Locator("[name=site]")).ToHaveValueAsync("sh-01");
    }

    private async Task<Phone> OpenAsync(Device device, string language)
    {
        var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        return phone;
    }

    private static string BayOf(Device device) => (string)JsonNode.Parse(File.ReadAllText(device.ConfigurationFile))!["bays"]![0]!["name"]!;
}
