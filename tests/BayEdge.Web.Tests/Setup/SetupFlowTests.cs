using System.Diagnostics;
using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.TestKit;
using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Setup;

/// <summary>From the box to the handover on a phone, against a simulated reader, a rendered camera and a real broker.</summary>
public sealed class SetupFlowTests(Browser browser)
{
    private const int Limit = 600_000;

    [Theory(Timeout = Limit)]
    [InlineData("zh-CN", "李工", "1 次到达，1 次离开，0 次撤回")]
    [InlineData("en", "Fitter", "1 arrivals, 1 departures, 0 taken back")]
    public async Task The_installation_leads_from_the_claim_to_the_handover_and_survives_a_reload_at_every_step(string language, string by, string replayed)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var workshop = await SetupWorkshop.OpenAsync(cancelled);
        await using var phone = await Phone.OpenAsync(browser, workshop.Page, language);
        var installer = new Installer(phone, workshop, async step =>
        {
            await phone.KeepPictureAsync($"setup.{step}");
            await phone.AssertFaultlessAsync(step);
            var name = step.Split(' ')[0];
            await phone.ReloadStepAsync(name);

            // What was proved is kept by the device, what was only typed by the phone.
            if (name == "readers")
                await Assertions.Expect(phone.Step(name).Locator(".bay-light .proved")).ToHaveCountAsync(2);
            if (name == "bays")
                await Assertions.Expect(phone.Step(name).Locator("form input")).ToHaveCountAsync(2);
        });

        await installer.ClaimAsync();
        await installer.BeginAsync();
        await installer.ReachCentralAsync();
        await installer.NameBaysAsync();
        await installer.AddReaderAsync();
        await installer.AddCameraAsync();
        await installer.SetRulesAsync();
        await using var second = await Phone.OpenAsync(browser, workshop.Page, language);
        await second.LogInAsync(Installer.Pin);
        await second.ShowStepAsync("walkTest");
        await installer.WalkAsync(1, "walkTest running", pullsCable: true);
        await second.Step("walkTest").Locator("[data-walk=ended] [data-check=leave][data-state=ok]").WaitForAsync();
        await installer.FinishWalkAsync();
        await installer.SignAsync(by);
        Assert.Contains(replayed, await installer.ReplayAsync(), StringComparison.Ordinal);

        var retained = await workshop.RetainedAsync("bayedge/v1/sh-01/pi-01/handover", cancelled);
        ContractSchemas.AssertValid("bayedge/v1/sh-01/pi-01/handover", System.Text.Encoding.UTF8.GetBytes(retained));
        var handover = JsonSerializer.Deserialize(retained, ContractsJson.Wire.DeviceHandover)!;
        Assert.Equal(by, handover.By);
        Assert.True(handover.Bays[0].State is HandoverState.Ok or HandoverState.Warning, string.Join("; ", handover.Bays[0].Items));
        Assert.Equal(HandoverState.Ok, handover.Bays[0].Items.Single(item => item.Item == "cut").State);
        Assert.Equal(HandoverState.Unknown, handover.Bays[1].State);
        Assert.Empty(phone.Complaints);
        Assert.Empty(second.Complaints);
    }

    [Fact(Timeout = Limit)]
    public async Task Without_thinking_the_first_bay_is_verified_in_the_time_that_is_printed()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var workshop = await SetupWorkshop.OpenAsync(cancelled);
        await using var phone = await Phone.OpenAsync(browser, workshop.Page, "en");
        var watch = Stopwatch.StartNew();
        List<string> laps = [];
        var installer = new Installer(phone, workshop, step =>
        {
            laps.Add($"{step} {watch.Elapsed.TotalSeconds:0.0} s");
            return Task.CompletedTask;
        });

        await installer.ClaimAsync();
        await installer.BeginAsync();
        await installer.ReachCentralAsync();
        await installer.NameBaysAsync();
        await installer.AddReaderAsync();
        await installer.AddCameraAsync();
        await installer.SetRulesAsync();
        await installer.WalkAsync(1);
        await installer.FinishWalkAsync();
        await installer.SignAsync("Fitter");

        TestContext.Current.SendDiagnosticMessage(
            "From the claim to the handover in {0:0.0} s, the bays living {1} times faster while a vehicle stands in them: {2}", watch.Elapsed.TotalSeconds, SetupWorkshop.Speed, string.Join(", ", laps));
        await File.WriteAllTextAsync(
            Path.Combine(Directory.CreateDirectory(Repository.PathOf("artifacts", "setup")).FullName, "timed-run.txt"),
            $"From the claim to the handover in {watch.Elapsed.TotalSeconds:0.0} s, the bays living {SetupWorkshop.Speed} times faster while a vehicle stands in them: {string.Join(", ", laps)}\n",
            cancelled);
    }
}
