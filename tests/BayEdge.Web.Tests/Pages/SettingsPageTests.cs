using System.Text.Json.Nodes;
using BayEdge.Service.Configuring;
using BayEdge.Web.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

public sealed class SettingsPageTests(Browser browser)
{
    [Fact(Timeout = 300_000)]
    public async Task A_section_that_is_opened_after_another_phone_has_saved_goes_on_from_what_that_one_saved()
    {
        await using var device = await Device.StartAsync(Device.Simulated);
        await using var first = await OpenAsync(device, "settings");
        await using var second = await OpenAsync(device, "settings/bays");
        await second.Page.FillAsync(".card input >> nth=0", "Lift");
        await second.Page.ClickAsync("main button >> text=Save");
        await second.Page.WaitForSelectorAsync(".state.ok");

        await first.ShowAsync("settings/bays");
        await first.Page.ClickAsync("main button >> text=Add a bay");
        await first.Page.ClickAsync("main button >> text=Save");
        await first.Page.WaitForSelectorAsync(".state.ok");

        Assert.Equal(["Lift", "Bay 2"], BaysOf(device));
    }

    [Fact(Timeout = 300_000)]
    public async Task What_cannot_be_loaded_says_why_and_is_asked_for_again_by_a_button()
    {
        await using var device = await Device.StartAsync(Device.Simulated);
        await using var phone = await OpenAsync(device, "bays");
        foreach (var (page, path) in (IReadOnlyList<(string, string)>)
                 [("settings/general", "configuration"), ("settings/readers", "drivers"), ("settings/rules", "rules"), ("settings/history", "configuration/history"),
                  ("system/access", "access/audit"), ("events", "visits/recent"), ("setup/central", "configuration"), ("setup/readers", "drivers"), ("setup/cameras", "drivers"), ("setup/rules", "rules")])
        {
            await phone.Page.RouteAsync($"**/api/{path}", route => route.AbortAsync());
            await phone.ShowAsync(page);
            await phone.Page.Locator("main .problem", new PageLocatorOptions { HasText = "does not answer" }).WaitForAsync();

            await phone.Page.UnrouteAsync($"**/api/{path}");
            await phone.Page.ClickAsync("main button >> text=Try again");

            await Assertions.Expect(phone.Page.Locator("main .problem")).ToHaveCountAsync(0);
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task A_change_that_waits_to_be_confirmed_is_said_everywhere_and_can_be_kept_here()
    {
        await using var device = await Device.StartAsync(Device.Simulated);
        await using var phone = await OpenAsync(device, "bays");
        var keeper = device.Service.Services.GetRequiredService<ConfigurationKeeper>();
        var text = Device.Simulated.Replace("1号工位", "Lift", StringComparison.Ordinal);
        await keeper.ProposeAsync(text, "central", "by command", TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        await phone.Page.Locator(".faults", new PageLocatorOptions { HasText = "unless it is confirmed" }).WaitForAsync();

        await phone.ShowAsync("settings");
        await phone.Page.ClickAsync("main button >> text=Keep the change");

        await Assertions.Expect(phone.Page.Locator(".faults", new PageLocatorOptions { HasText = "unless it is confirmed" })).ToHaveCountAsync(0);
        await Assertions.Expect(phone.Page.Locator("main button")).ToHaveCountAsync(0);
        Assert.Null(keeper.Current.ConfirmBy);
        Assert.Equal(["Lift"], BaysOf(device));
    }

    [Fact(Timeout = 300_000)]
    public async Task While_the_state_of_the_system_cannot_be_told_its_menu_is_there()
    {
        await using var device = await Device.StartAsync(Device.Simulated);
        await using var phone = await OpenAsync(device, "bays");
        await phone.Page.RouteAsync("**/api/system", route => route.AbortAsync());
        await phone.ShowAsync("system");
        await phone.Page.Locator("main .problem").WaitForAsync();

        await phone.Page.ClickAsync("main a[href='#/system/logs']");

        await phone.Page.Locator(".log").WaitForAsync();
    }

    private async Task<Phone> OpenAsync(Device device, string page)
    {
        var phone = await Phone.OpenAsync(browser, device.Page, "en");
        await phone.LogInAsync();
        await phone.ShowAsync(page);
        return phone;
    }

    private static IEnumerable<string> BaysOf(Device device) =>
        JsonNode.Parse(File.ReadAllText(device.ConfigurationFile))!["bays"]!.AsArray().Select(bay => (string)bay!["name"]!);
}
