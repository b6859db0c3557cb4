using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Hosting;
using BayEdge.Service.Pictures;
using BayEdge.Service.Sources;
using BayEdge.TestKit;
using BayEdge.Web.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

public sealed class PlateCorrectionTests(Browser browser)
{
    private const string Misread = "沪AD12346";
    private const string Right = "沪AD12345";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string OneCamera => $$"""
        {
          "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "1号工位" }],
          "cameras": [{ "id": "cam-1", "driver": "stream", "url": "rtsp://127.0.0.1:{{LoopbackPorts.Free()}}/1", "zones": [{ "bay": "bay-01", "polygon": [[0,0],[1,0],[1,1]] }] }]
        }
        """;

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "有人确认车牌是 沪AD12345")]
    [InlineData("en", "a person says that the plate is 沪AD12345")]
    public async Task A_misread_plate_is_corrected_beside_its_picture_and_told_as_an_event(string language, string evidence)
    {
        await using var device = await Device.StartAsync(OneCamera);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await ReadAsync(device, Misread, await phone.Page.ScreenshotAsync(new PageScreenshotOptions { Type = ScreenshotType.Jpeg }));
        await phone.LogInAsync();
        await phone.Page.Locator(".bay", new PageLocatorOptions { HasText = Misread }).WaitForAsync();

        await phone.ShowAsync("sources");
        var line = phone.Page.Locator($"[data-plate='{Misread}']");
        await phone.Page.WaitForFunctionAsync("() => document.querySelector('[data-plate] img.crop')?.naturalWidth > 0");
        await line.Locator("summary").ClickAsync();
        await line.Locator("input").FillAsync("12");
        await line.Locator("[type=submit]").ClickAsync();
        await line.Locator(".problem").WaitForAsync();
        await line.Locator("input").FillAsync("沪A·d12345");
        await line.Locator("[type=submit]").ClickAsync();
        await line.Locator(".state.ok").WaitForAsync();
        await phone.KeepPictureAsync("plate-corrected");
        await phone.AssertFaultlessAsync("sources");

        await phone.ShowAsync("events");
        var corrected = phone.Page.Locator("main li details", new PageLocatorOptions { HasText = evidence });
        await corrected.First.Locator("summary").ClickAsync();
        await phone.ShowAsync("bays");
        await phone.Page.Locator(".bay", new PageLocatorOptions { HasText = Right }).WaitForAsync();
        Assert.Contains("POST /api/plates/correct", await (await device.LogInAsync()).GetStringAsync(new Uri("/api/access/audit", UriKind.Relative), Cancellation), StringComparison.Ordinal);
    }

    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task An_event_names_its_bay_as_the_installer_does_and_its_day_once_that_is_over(string language)
    {
        await using var device = await Device.StartAsync(OneCamera);
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await ReadAsync(device, Right, await phone.Page.ScreenshotAsync(new PageScreenshotOptions { Type = ScreenshotType.Jpeg }));
        await phone.LogInAsync();
        await phone.ShowAsync("events");
        var line = phone.Page.Locator("main li summary").First;

        var today = await line.InnerTextAsync();
        await phone.Page.Clock.SetFixedTimeAsync(DateTime.UtcNow.AddDays(2));
        await phone.ShowAsync("bays");
        await phone.ShowAsync("events");
        var later = await line.InnerTextAsync();

        Assert.Contains("1号工位", today, StringComparison.Ordinal);
        Assert.DoesNotContain("bay-01", today, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\d\d/\d\d", today);
        Assert.Matches(@"\d\d/\d\d,? \d\d:\d\d", later);
        await phone.KeepPictureAsync("event-of-another-day");
        await phone.AssertFaultlessAsync("events");
    }

    [Fact(Timeout = 300_000)]
    public async Task What_is_typed_stays_with_its_visit_whatever_plates_are_read_before_and_after()
    {
        await using var device = await Device.StartAsync(OneCamera);
        await using var phone = await Phone.OpenAsync(browser, device.Page, "en");
        await ReadAsync(device, Misread, await phone.Page.ScreenshotAsync(new PageScreenshotOptions { Type = ScreenshotType.Jpeg }));
        await phone.LogInAsync();
        await phone.Page.Locator(".bay", new PageLocatorOptions { HasText = Misread }).WaitForAsync();

        // The vehicle before stood there until a minute ago.
        var plates = device.Service.Services.GetRequiredService<RuntimeKeeper>().Runtime!.Services.GetRequiredService<ReadPlates>();
        var now = TimeProvider.System.Observe();
        plates.Saw(new PlateSighting(now - TimeSpan.FromMinutes(1), "cam-1", "bay-01", "沪B00001", 0.9));
        await phone.ShowAsync("sources");
        await phone.Page.Locator("[data-plate='沪B00001']").WaitForAsync();
        Assert.Equal([Misread], await phone.Page.Locator("[data-plate]:has(form)").EvaluateAllAsync<string[]>("lines => lines.map(line => line.dataset.plate)"));

        await phone.Page.ClickAsync(".correct summary");
        await phone.Page.FillAsync(".correct input", Right);
        foreach (var flicker in (string[])["沪AD12348", "沪AD12349"])
        {
            plates.Saw(new PlateSighting(now, "cam-1", "bay-01", flicker, 0.9));
            await phone.Page.Locator($"[data-plate='{flicker}'] form").WaitForAsync();
        }

        Assert.Equal(Right, await phone.Page.InputValueAsync(".correct input"));
        await phone.Page.ClickAsync(".correct [type=submit]");
        await phone.Page.Locator(".correct .state.ok", new PageLocatorOptions { HasText = "Reported as a correction" }).WaitForAsync();
        await phone.Page.ClickAsync(".correct [type=submit]");
        await phone.Page.Locator(".correct .state.ok", new PageLocatorOptions { HasText = "Nothing to report" }).WaitForAsync();
    }

    // As the camera's driver would, if there were a camera.
    private static async Task ReadAsync(Device device, string plate, byte[] picture)
    {
        var runtime = device.Service.Services.GetRequiredService<RuntimeKeeper>().Runtime!.Services;
        var now = TimeProvider.System.Observe();
        device.Service.Services.GetRequiredService<PictureTray>().Lay(new PlatePicture("cam-1", "bay-01", plate, 1, now, picture, picture));
        await runtime.GetRequiredService<BayLoop>().SendAsync(new SightingInput(new SourceSighting(now, "cam-1", SourceState.Up)), Cancellation);
        for (var count = 0; count < 6; count++)
        {
            var seen = new PlateSighting(now + TimeSpan.FromMilliseconds(100 * count), "cam-1", "bay-01", plate, 0.9);
            runtime.GetRequiredService<ReadPlates>().Saw(seen);
            await runtime.GetRequiredService<BayLoop>().SendAsync(new SightingInput(seen), Cancellation);
        }
    }
}
