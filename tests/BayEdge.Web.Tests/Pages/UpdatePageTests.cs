using BayEdge.TestKit;
using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Pages;

public sealed class UpdatePageTests(Browser browser)
{
    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", "没有用本设备信任的密钥签名", "即将安装", "试运行", "已恢复运行")]
    [InlineData("en", "not signed with the key that this device trusts", "about to be installed", "is on trial", "runs again")]
    public async Task An_update_is_given_from_a_phone_and_what_becomes_of_it_is_told(string language, string foreign, string taken, string trial, string reverted)
    {
        using var updates = new SignedUpdate();
        using var stranger = new SignedUpdate();
        using var folder = new TemporaryFolder();
        TemporaryFolder? program = null;
        await using var device = await Device.StartAsync(Device.Simulated, takesUpdates: true, prepare: data =>
        {
            program = data;
            File.WriteAllText(data.File("update-key.pem"), updates.PublicPem);
        });
        await using var phone = await Phone.OpenAsync(browser, device.Page, language);
        await phone.LogInAsync();
        await phone.ShowAsync("system/update");

        await GiveAsync(phone, folder, stranger.Make("77.0.0"));
        await Assertions.Expect(phone.Page.Locator(".problem")).ToContainTextAsync(foreign);
        await GiveAsync(phone, folder, updates.Make("77.0.0"));
        await Assertions.Expect(phone.Page.Locator("main")).ToContainTextAsync(taken);
        await phone.AssertFaultlessAsync("an update that is taken");

        Tell(program!, "trial", "");
        File.Delete(program!.File("update/wanted.update"));
        await Assertions.Expect(phone.Page.Locator("main")).ToContainTextAsync(trial);
        Tell(program!, "reverted", "work");
        await Assertions.Expect(phone.Page.Locator("main")).ToContainTextAsync(reverted);
        await phone.AssertFaultlessAsync("an update that went back");
        await phone.KeepPictureAsync("update-reverted");
    }

    private static async Task GiveAsync(Phone phone, TemporaryFolder folder, byte[] update)
    {
        var file = folder.File("bayedge-77.0.0-linux.update");
        await File.WriteAllBytesAsync(file, update, TestContext.Current.CancellationToken);
        await phone.Page.SetInputFilesAsync("input[type=file]", file);
        await phone.Page.ClickAsync("form button[type=submit]");
    }

    private static void Tell(TemporaryFolder program, string phase, string reason) => File.WriteAllText(
        program.File("update.json"), $$"""{"phase":"{{phase}}","from":"0.1.0","to":"77.0.0","reason":"{{reason}}","at":"2026-03-01T10:00:00Z"}""");
}
