using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Setup;

public sealed class CameraStepTests(Browser browser)
{
    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_camera_that_never_answers_says_why_in_place_of_its_picture(string language)
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        await using var phone = await OpenAsync(device, language);

        await phone.Page.Locator(".step .card p.bad[role=status]").WaitForAsync();

        await phone.KeepPictureAsync("setup.cameras-dead");
        await phone.AssertFaultlessAsync("cameras");
    }

    [Fact(Timeout = 300_000)]
    public async Task What_was_typed_for_a_camera_outlives_a_reload_but_its_password_does_not()
    {
        await using var device = await Device.StartAsync(Device.OneReader);
        await using var phone = await OpenAsync(device, "zh-CN");
        await phone.Page.FillAsync("[name=url]", "rtsp://192.0.2.9/1");
        await phone.Page.FillAsync("[name=password]", "hunter2");

        await phone.ReloadStepAsync("cameras");

        await Assertions.Expect(phone.Page.Locator("[name=url]")).ToHaveValueAsync("rtsp://192.0.2.9/1");
        await Assertions.Expect(phone.Page.Locator("[name=password]")).ToHaveValueAsync("");
    }

    [Fact(Timeout = 300_000)]
    public async Task A_finger_draws_corners_and_scrolls_everywhere_else()
    {
        using var plates = new PlateRenderer();
        using var renderer = new SceneRenderer(plates, seed: 3);
        await using var camera = MjpegCamera.Start("cam", renderer, () => new BayScene(DateTimeOffset.UtcNow), TimeProvider.System);
        await using var device = await Device.StartAsync(WithCamera(camera.Url));
        await using var phone = await OpenAsync(device, "zh-CN");
        var (picture, corner) = (phone.Page.Locator(".zone img"), phone.Page.Locator(".corner").Nth(2));
        await picture.WaitForAsync();
        await picture.ScrollIntoViewIfNeededAsync();
        var before = await ScrolledAsync(phone);

        await SwipeAsync(phone, corner.Locator(".dot"), -40);
        await Assertions.Expect(corner).Not.ToHaveAttributeAsync("aria-valuetext", "距左 90 %，距上 90 %");
        Assert.Equal(before, await ScrolledAsync(phone));

        await SwipeAsync(phone, picture, before > 100 ? 80 : -80);
        await phone.Page.WaitForFunctionAsync("before => Math.abs(scrollY - before) > 20", before);
    }

    [Fact(Timeout = 300_000)]
    public async Task Once_its_cable_is_out_a_camera_has_read_nothing_and_its_corners_stay()
    {
        using var plates = new PlateRenderer();
        using var renderer = new SceneRenderer(plates, seed: 3);
        await using var camera = MjpegCamera.Start("cam", renderer, () => new BayScene(DateTimeOffset.UtcNow), TimeProvider.System);
        await using var device = await Device.StartAsync(WithCamera(camera.Url));
        await using var phone = await OpenAsync(device, "zh-CN");
        var corner = phone.Page.Locator(".corner").First;
        await phone.Page.Locator(".meter [data-of='10']").WaitForAsync();
        await corner.FocusAsync();
        await phone.Page.Keyboard.PressAsync("ArrowRight");

        await camera.DisposeAsync();
        await phone.Page.Locator(".zone.old").WaitForAsync();

        await Assertions.Expect(phone.Page.Locator(".meter")).ToHaveCountAsync(0);
        await Assertions.Expect(corner).ToHaveAttributeAsync("aria-valuenow", "11");
        await phone.KeepPictureAsync("setup.cameras-pulled");
        await phone.AssertFaultlessAsync("cameras");
    }

    private static string WithCamera(Uri camera) => $$"""
        {
          "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "1号工位" }],
          "cameras": [{ "id": "cam-1", "driver": "stream", "url": "{{camera}}", "zones": [{ "bay": "bay-01", "polygon": [[0.1,0.1],[0.9,0.1],[0.9,0.9],[0.1,0.9]] }] }]
        }
        """;

    private static Task<double> ScrolledAsync(Phone phone) => phone.Page.EvaluateAsync<double>("scrollY");

    // Up or down, as a finger does and a mouse cannot.
    private static async Task SwipeAsync(Phone phone, ILocator from, int by)
    {
        var box = await from.BoundingBoxAsync() ?? throw new InvalidOperationException("It is not on the screen.");
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        var touch = await phone.Context.NewCDPSessionAsync(phone.Page);
        await TouchAsync(touch, "touchStart", (x, y));
        for (var step = 1; step <= 8; step++)
            await TouchAsync(touch, "touchMove", (x, y + (by * step / 8)));
        await TouchAsync(touch, "touchEnd");
        await touch.DetachAsync();
    }

    private static async Task TouchAsync(ICDPSession touch, string type, params IReadOnlyList<(float X, float Y)> fingers) => await touch.SendAsync(
        "Input.dispatchTouchEvent",
        new Dictionary<string, object> { ["type"] = type, ["touchPoints"] = fingers.Select(finger => new Dictionary<string, object> { ["x"] = finger.X, ["y"] = finger.Y }).ToArray() });

    private async Task<Phone> OpenAsync(Device device, string language)
    {
        var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        await phone.ShowStepAsync("cameras");
        return phone;
    }
}
