using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Setup;

public sealed class NetworkStepTests(Browser browser)
{
    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "在新地址打开本页", "请检查地址")]
    [InlineData("en", "open this page at the new address", "Check the address")]
    public async Task Whoever_changes_the_address_is_led_to_the_new_one_even_though_the_old_one_answers_no_more(string language, string moves, string refused)
    {
        await using var device = await Device.StartAsync(Device.OneReader);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        var isRefused = true;
        // This computer has no NetworkManager: what it would say is said here.
        await phone.Page.RouteAsync("**/api/setup/network", route => route.Request.Method == "GET"
            ? route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = """{"settings":{"automatic":false,"address":"192.0.2.10/24","gateway":null,"nameServers":[]},"confirmSeconds":90}""" })
            : isRefused
                ? route.FulfillAsync(new RouteFulfillOptions { Status = 422, ContentType = "application/json", Body = """{"says":{"key":"none","text":"WHY","values":{}}}""".Replace("WHY", refused, StringComparison.Ordinal) })
                : route.AbortAsync());
        await phone.ShowAsync("setup/network");
        await phone.Page.ClickAsync("details summary >> nth=-1");

        await phone.Page.FillAsync("[name=address]", "192.0.2.77/24");
        await phone.Page.ClickAsync("details form button[type=submit]");
        await Assertions.Expect(phone.Page.Locator("form .problem")).ToContainTextAsync(refused);
        await Assertions.Expect(phone.Page.Locator("a[role=button][href*='192.0.2.77']")).ToHaveCountAsync(0);

        isRefused = false;
        await phone.Page.ClickAsync("details form button[type=submit]");
        await Assertions.Expect(phone.Page.Locator(".problem p[role=alert]")).ToContainTextAsync(moves);
        await Assertions.Expect(phone.Page.Locator("a[role=button][href*='192.0.2.77']")).ToHaveAttributeAsync("href", $"http://192.0.2.77:{device.Page.Port}/#/setup/network");
        await phone.KeepPictureAsync("setup.network-moves");
    }
}
