using System.Globalization;
using BayEdge.TestKit;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Setup;

/// <summary>A phone of 360 by 740 points in a browser of its own, which reaches nothing but the device.</summary>
internal sealed class Phone : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private const float Patience = 60_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _outside = [];
    private readonly List<string> _errors = [];
    private readonly string _language;
    private int _pictures;

    private Phone(IPlaywright playwright, IBrowser browser, IPage page, string language) => (_playwright, _browser, Page, _language) = (playwright, browser, page, language);

    public IPage Page { get; }

    /// <summary>Every request to another place than the device; all of them were blocked.</summary>
    public IReadOnlyList<string> Outside => _outside;

    /// <summary>What the browser complained of.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public static async Task<Phone> OpenAsync(Uri device, string language)
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed; install Debian's package chromium.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 740 },
            Locale = language,
            HasTouch = true,
            IsMobile = true,
            BaseURL = device.ToString(),
        });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        var phone = new Phone(playwright, browser, page, language);
        page.PageError += (_, error) => phone._errors.Add(error);
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await context.RouteAsync("**/*", async route =>
        {
            if (new Uri(route.Request.Url).Authority == device.Authority)
            {
                await route.ContinueAsync();
                return;
            }

            phone._outside.Add(route.Request.Url);
            await route.AbortAsync();
        });
        return phone;
    }

    public ILocator Step(string step, string? state = null) => Page.Locator($".step[data-step={step}]{(state is null ? "" : $"[data-state={state}]")}");

    /// <summary>Goes to a step and waits until it is shown.</summary>
    public async Task GoAsync(string step)
    {
        await Page.EvaluateAsync($"location.hash = '#/setup/{step}'");
        await Step(step).WaitForAsync();
    }

    /// <summary>The same step is there after a reload, because the device keeps it.</summary>
    public async Task ReloadAsync(string step)
    {
        await Page.ReloadAsync();
        await Step(step).WaitForAsync();
    }

    /// <summary>Nothing on the screen keeps anybody out.</summary>
    public async Task CheckAccessAsync(string what)
    {
        var found = await Page.RunAxe();
        var violations = found.Violations.Select(violation =>
            $"{what}: {violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Select(node => node.Html))}").ToList();
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    /// <summary>Keeps a picture of the whole page under <c>artifacts/setup</c>.</summary>
    public async Task PictureAsync(string name)
    {
        var folder = Repository.PathOf("artifacts", "setup", _language);
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{++_pictures:00}-{name}.png")),
            FullPage = true,
        });
    }

    public async ValueTask DisposeAsync()
    {
        // Where a test fails, this is what was on the screen.
        await PictureAsync("last");
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
