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
    public async Task Once_its_cable_is_out_a_camera_has_read_nothing_and_its_corners_stay()
    {
        using var plates = new PlateRenderer();
        using var renderer = new SceneRenderer(plates, seed: 3);
        await using var camera = MjpegCamera.Start("cam", renderer, () => new BayScene(DateTimeOffset.UtcNow), TimeProvider.System);
        await using var device = await Device.StartAsync($$"""
            {
              "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "1号工位" }],
              "cameras": [{ "id": "cam-1", "driver": "stream", "url": "{{camera.Url}}", "zones": [{ "bay": "bay-01", "polygon": [[0.1,0.1],[0.9,0.1],[0.9,0.9],[0.1,0.9]] }] }]
            }
            """);
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

    private async Task<Phone> OpenAsync(Device device, string language)
    {
        var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        await phone.ShowStepAsync("cameras");
        return phone;
    }
}
