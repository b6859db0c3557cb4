using System.Text.Json.Nodes;
using BayEdge.Web.Tests.Running;

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
