using BayEdge.Web.Tests.Running;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Setup;

/// <summary>Goes through the installation as its screens ask for it.</summary>
/// <param name="between">Called on every step, before the installer goes on.</param>
internal sealed class Installer(Phone phone, SetupWorkshop workshop, Func<string, Task> between)
{
    public const string Pin = "workshop-4711";

    private IPage Page => phone.Page;

    public async Task ClaimAsync()
    {
        await Page.Locator("[name=code]").FillAsync(SetupWorkshop.ClaimCode);
        await Page.Locator("[name=password]").FillAsync(Pin);
        await Page.Locator("form [type=submit]").ClickAsync();
        await Page.Locator("nav.bar, nav.steps").First.WaitForAsync();
        await phone.ShowStepAsync("join");
    }

    public async Task BeginAsync()
    {
        foreach (var step in (string[])["join", "claim"])
        {
            await phone.Step(step, "ok").WaitForAsync();
            await NextAsync(step);
        }

        await phone.Step("network").Locator("[data-check=clock]").WaitForAsync();
        await NextAsync("network");
    }

    public async Task ReachCentralAsync()
    {
        var step = phone.Step("central");
        await step.Locator("[name=site]").FillAsync("sh-01");
        await step.Locator("[name=device]").FillAsync("pi-01");
        await step.Locator("[name=url]").FillAsync(workshop.BrokerUrl);
        await step.Locator("form [type=submit]").ClickAsync();
        await phone.Step("central", "warning").Locator("[data-check=echo][data-state=ok]").WaitForAsync();
        await NextAsync("central");
    }

    public async Task NameBaysAsync()
    {
        var step = phone.Step("bays");
        await step.Locator(".counter button").Last.ClickAsync();
        await between("bays");
        await step.Locator("form [type=submit]").ClickAsync();
        await phone.Step("readers").WaitForAsync();
    }

    public async Task AddReaderAsync()
    {
        var step = phone.Step("readers");
        await step.Locator("[name=address]").FillAsync(workshop.Reader.Address);
        await step.Locator("details form [type=submit]").ClickAsync();
        await step.Locator("details .card.ok button").ClickAsync();
        await step.Locator(".bay-light").First.WaitForAsync();

        // The cables are crossed: the tag lights up the other bay, until each bay is tapped where it is held.
        foreach (var (antenna, guessed, place) in new[] { (2, 1, 0), (1, 0, 1) })
        {
            await step.Locator(".bay-light.lit").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
            await using var held = new HeldTag(workshop, antenna);
            await step.Locator(".bay-light").Nth(guessed).And(step.Locator($".lit[data-antenna='{antenna}']")).WaitForAsync();
            await step.Locator(".bay-light").Nth(place).ClickAsync();
            await step.Locator(".bay-light").Nth(place).Locator(".proved").WaitForAsync();
        }

        await NextAsync("readers");
    }

    public async Task AddCameraAsync()
    {
        var step = phone.Step("cameras");
        await step.Locator("[name=url]").FillAsync(workshop.CameraUrl.ToString());
        await step.Locator("details form [type=submit]").ClickAsync();
        await step.Locator("details .card.ok button").ClickAsync();
        workshop.ShowCar();
        await step.Locator(".zone img").WaitForAsync();
        await DragAsync(step.Locator(".corner").First, 12, 18);
        await step.Locator(".corner").Nth(2).FocusAsync();
        await Page.Keyboard.PressAsync("ArrowLeft");
        await step.Locator(".zone ~ button").First.ClickAsync();
        await step.Locator(".meter [data-of='10']").WaitForAsync();
        await step.Locator(".meter .plate").Filter(new LocatorFilterOptions { HasTextString = workshop.Plate.Text }).WaitForAsync();
        await NextAsync("cameras");
        workshop.HideCar();
    }

    /// <summary>Lets a vehicle stand a second longer before it counts.</summary>
    public async Task SetRulesAsync()
    {
        await phone.Step("rules").Locator("[data-replay]").WaitForAsync();
        await phone.Step("rules").Locator("[name=shortestStaySeconds]").PressAsync("ArrowRight");
        await NextAsync("rules");
    }

    /// <summary>What the rules make of what was recorded, in words; they differ from those that hold in nothing.</summary>
    public async Task<string> ReplayAsync()
    {
        await phone.ShowAsync("settings/rules");
        await Page.Locator("[data-replay='0']").WaitForAsync();
        return await Page.InnerTextAsync("[data-replay] dd");
    }

    public async Task WalkAsync(int bay, string? picture = null, bool pullsCable = false)
    {
        var step = phone.Step("walkTest");
        await step.Locator("[name=bay]").Nth(bay - 1).CheckAsync();
        if (bay == 1)
            await step.Locator("[name=plate]").FillAsync(workshop.Plate.Text);
        await step.Locator("[name=tag]").FillAsync(SetupWorkshop.Tag);
        if (pullsCable)
            await step.Locator("[name=cut]").CheckAsync();
        await step.Locator("form [type=submit]").ClickAsync();
        await step.Locator("[data-walk=running]").WaitForAsync();
        await using var vehicle = workshop.DriveIn(bay);
        await step.Locator("[data-check=arrive][data-state=ok]").WaitForAsync();
        await step.Locator("[data-check=central][data-state=ok]").WaitForAsync();
        if (picture is not null)
            await between(picture);
        if (pullsCable)
            workshop.Cable.Pull();
        workshop.Clock.Speed = SetupWorkshop.Speed;
        var leaving = vehicle.LeaveAsync(TestContext.Current.CancellationToken);
        await step.Locator("[data-walk=running] button").First.ClickAsync();
        await leaving;
        if (pullsCable)
        {
            // The departure is told while the cable is out, and waits on the device.
            await step.Locator("[data-check=leave][data-state=ok]").WaitForAsync();
            workshop.Clock.Speed = 1;
            workshop.Cable.PlugIn();
        }

        await step.Locator("[data-walk=ended]").WaitForAsync();
        workshop.Clock.Speed = 1;
    }

    public async Task FinishWalkAsync() => await NextAsync("walkTest");

    public async Task SignAsync(string by)
    {
        var step = phone.Step("handover");
        await step.Locator("[name=by]").FillAsync(by);
        await step.Locator("form [type=submit]").ClickAsync();
        await step.Locator(".record").WaitForAsync();
        await between("handover");
    }

    private async Task NextAsync(string step)
    {
        await phone.Step(step).Locator("button.next").WaitForAsync();
        await between(step);
        await phone.Step(step).Locator("button.next").ClickAsync();
        await phone.Step(step).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    private async Task DragAsync(ILocator corner, float x, float y)
    {
        await corner.ScrollIntoViewIfNeededAsync();
        var box = await corner.Locator(".dot").BoundingBoxAsync() ?? throw new InvalidOperationException("The corner is not on the screen.");
        var (fromX, fromY) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await Page.Mouse.MoveAsync(fromX, fromY);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(fromX + x, fromY + y, new MouseMoveOptions { Steps = 4 });
        await Page.Mouse.UpAsync();
    }
}
