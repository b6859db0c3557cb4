using System.Globalization;
using BayEdge.TestKit;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BayEdge.Web.Tests.Running;

/// <summary>Chromium as wide as a phone, with no network but the device. Pictures are kept in <c>artifacts/web</c>, the last one of every phone, too.</summary>
internal sealed class Phone : IAsyncDisposable
{
    // A computer that is busy with other tests is slow, not wrong.
    private const float PatienceMilliseconds = 60_000;
    private const double MostShift = 0.1;
    // Cumulative Layout Shift as browsers measure it: the worst window of at most five seconds whose shifts are less than one apart.
    private const string NotedShifts = """
        window.shifted = { by: 0, moved: [] };
        let sum = 0, first = 0, last = 0, moved = [];
        const told = ({ node, previousRect: from, currentRect: to }) => `${(node?.outerHTML ?? node?.textContent ?? 'gone').slice(0, 80)} from ${from.y}+${from.height} to ${to.y}+${to.height}`;
        new PerformanceObserver(list => {
          for (const { hadRecentInput, startTime, value, sources } of list.getEntries()) {
            if (hadRecentInput) continue;
            if (startTime - last > 1000 || startTime - first > 5000) [sum, first, moved] = [0, startTime, []];
            last = startTime;
            sum += value;
            moved.push(`${location.hash} ${value.toFixed(2)} ${sources.map(told).join(', ')}`);
            if (sum > window.shifted.by) window.shifted = { by: sum, moved: [...moved] };
          }
        }).observe({ type: 'layout-shift', buffered: true });
        """;

    // Three English words in a row outside of what is quoted: logs, files, addresses, what the system itself said.
    private const string EnglishLeft = """
        (() => {
          const left = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const [words] = /\b[A-Za-z]*[a-z]{2,} [a-z]{2,} [a-z]{2,}/.exec(node.data.replace(/“[^”]*”/g, '')) ?? [];
            if (words && !node.parentElement.closest('code, pre, textarea, .log, script, style, noscript')) left.push(node.data.slice(0, 160));
          }
          return left;
        })()
        """;

    private readonly List<string> _complaints = [];
    private readonly Uri _device;

    private readonly string _language;

    private Phone(Uri device, string language, IBrowserContext context, IPage page) => (_device, _language, Context, Page) = (device, language, context, page);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Whatever went wrong in the browser: errors of scripts, requests to elsewhere, breaches of the content policy.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    private static string Artifacts => Directory.CreateDirectory(Repository.PathOf("artifacts", "web")).FullName;

    public static async Task<Phone> OpenAsync(Browser browser, Uri device, string language)
    {
        var context = await browser.Chromium.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 740 },
            DeviceScaleFactor = 2,
            IsMobile = true,
            HasTouch = true,
            Locale = language,
            BaseURL = device.ToString(),
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        await context.AddInitScriptAsync(NotedShifts);
        var page = await context.NewPageAsync();
        var phone = new Phone(device, language, context, page);
        await context.RouteAsync("**", route => phone.GuardAsync(route));
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        page.PageError += (_, error) => phone._complaints.Add(error);
        page.Console += (_, message) =>
        {
            // What the device refuses is the page's to show.
            if (message.Type == "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
                phone._complaints.Add(message.Text);
        };
        await page.GotoAsync("/");
        await page.WaitForSelectorAsync("main h1");
        return phone;
    }

    public async Task LogInAsync(string pin = PageLogin.Pin)
    {
        await Page.FillAsync("input[name=password]", pin);
        await Page.ClickAsync("form button[type=submit]");
        await Page.WaitForSelectorAsync("nav.bar");
    }

    /// <summary>Goes to a page and waits until nothing of it is on the way any more.</summary>
    public async Task ShowAsync(string path)
    {
        await Page.EvaluateAsync($"location.hash = '#/{path}'");
        await Page.WaitForFunctionAsync("path => document.querySelector('main')?.dataset.page === path && document.querySelector('main h1') && !document.querySelector('[aria-busy=true]')", path);
        await Page.WaitForTimeoutAsync(200);
    }

    /// <summary>Keeps the whole page as a picture whose name says the language, too.</summary>
    public Task KeepPictureAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts, $"{name.Replace('/', '-')}.{_language}.png"), FullPage = true });

    /// <summary>Nothing is wrong with the page as it is shown now.</summary>
    public async Task AssertFaultlessAsync(string what)
    {
        var faults = await FaultsAsync();
        Assert.True(faults.Count == 0, $"{what}: {string.Join('\n', faults)}");
    }

    // For those who see, hear or touch the page.
    private async Task<IReadOnlyList<string>> FaultsAsync()
    {
        var faults = new List<string>();
        var axe = await Page.RunAxe();
        faults.AddRange(axe.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
        if (!await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"))
            faults.Add("wider than the phone");
        faults.AddRange(await Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('button, nav a, select, input:not([type=checkbox], [type=radio], [type=file]), summary')]
              .filter(target => target.checkVisibility() && target.getBoundingClientRect().height < 44)
              .map(target => `too small for a glove: ${target.outerHTML.slice(0, 120)}`)
            """));
        if (_language == "zh-CN")
            faults.AddRange((await Page.EvaluateAsync<string[]>(EnglishLeft)).Select(text => $"left in English: {text}"));
        var shifted = await Page.EvaluateAsync<double>("window.shifted.by");
        var moved = await Page.EvaluateAsync<string>("window.shifted.moved.join('\\n')");
        if (shifted > MostShift)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the layout shifted by {shifted:0.00}: {moved}"));
        return [.. faults, .. _complaints];
    }

    public async ValueTask DisposeAsync()
    {
        await KeepPictureAsync($"last.{TestContext.Current.TestMethod?.MethodName}");
        await Context.DisposeAsync();
    }

    private Task GuardAsync(IRoute route)
    {
        var address = new Uri(route.Request.Url);
        if (address.Authority == _device.Authority || address.Scheme is "data" or "blob")
            return route.ContinueAsync();
        _complaints.Add($"asked for {address}");
        return route.AbortAsync();
    }
}
