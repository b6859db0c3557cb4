using System.Text.Json;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Page;

public sealed class WhyPageTests
{
    private const string Evidence = "document.querySelector('#why-now .evidence').textContent";

    [Fact(Timeout = 120_000)]
    public async Task A_tap_on_a_bay_shows_in_both_languages_why_the_vehicle_is_taken_to_be_there()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [reader.Address] });
        await using var vehicle = await TaggedVehicle.ArriveAsync(reader);
        await using var browser = await Chromium.OpenAsync(device.Page);

        await browser.WaitAsync("document.querySelector('input[name=password]')");
        await browser.EvaluateAsync($"document.querySelector('input[name=password]').value = '{PageLogin.Pin}'");
        await browser.EvaluateAsync("document.querySelector('form').requestSubmit()");
        await browser.WaitAsync("document.querySelector('.bay.occupied')");
        await browser.EvaluateAsync("document.querySelector('.bay').click()");
        await browser.WaitAsync("document.querySelector('#why-now h3')?.textContent.includes('WO-1001')");
        await browser.WaitAsync("document.querySelector('#why-decisions summary')");

        var english = await browser.EvaluateAsync("document.getElementById('why').innerText");
        Assert.Contains("Why bay-01?", english, StringComparison.Ordinal);
        Assert.Contains("no sign of the vehicle for", english, StringComparison.Ordinal);
        Assert.Contains($"reader-1: tag {TaggedVehicle.Tag} read", await browser.EvaluateAsync(Evidence), StringComparison.Ordinal);
        Assert.Equal("true", await browser.EvaluateAsync("[...document.querySelectorAll('#why-now .bar-of')].some(bar => bar.style.getPropertyValue('--share') > 0)"));
        Assert.Equal("true", await browser.EvaluateAsync("document.documentElement.scrollWidth <= window.innerWidth"));

        await browser.EvaluateAsync("document.getElementById('language').click()");
        await browser.WaitAsync("document.getElementById('why').innerText.includes('会改变判定的情况')");
        Assert.Contains($"reader-1: 标签 {TaggedVehicle.Tag} 读到", await browser.EvaluateAsync(Evidence), StringComparison.Ordinal);
        Assert.DoesNotMatch("[a-z]{3,} [a-z]{2,} ", await browser.EvaluateAsync("document.getElementById('why').innerText"));

        await browser.EvaluateAsync("document.getElementById('why-close').click()");
        await browser.WaitAsync("document.getElementById('why') == null");
        Assert.All(browser.Requests.Where(request => request.Scheme != "data"), request => Assert.Equal(device.Page.Authority, request.Authority));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_device_says_why_with_the_last_decisions_and_their_evidence()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [reader.Address, "192.0.2.5"] });
        await using var vehicle = await TaggedVehicle.ArriveAsync(reader);
        await device.WaitForStatusAsync(status => status.GetProperty("events").GetArrayLength() > 0, "an event");

        var why = JsonDocument.Parse(await device.GetPageAsync("/api/bays/bay-01/why")).RootElement;
        var decided = why.GetProperty("hypotheses")[0];
        Assert.Equal(("named", "WO-1001"), (decided.GetProperty("what").GetProperty("key").GetString(), decided.GetProperty("what").GetProperty("text").GetString()));
        Assert.Equal(5.3, why.GetProperty("hypotheses")[1].GetProperty("needed").GetDouble());
        var entered = why.GetProperty("decisions")[0];
        Assert.Equal(("entered", "passingBy"), (entered.GetProperty("kind").GetString(), entered.GetProperty("runnerUp").GetProperty("key").GetString()));
        Assert.Equal("tagReadAtLevel", entered.GetProperty("evidence")[0].GetProperty("says").GetString());
        Assert.True(entered.GetProperty("evidence")[0].GetProperty("weight").GetDouble() > 0);

        var blind = JsonDocument.Parse(await device.GetPageAsync("/api/bays/bay-02/why")).RootElement;
        Assert.Equal("unknown", blind.GetProperty("hypotheses")[0].GetProperty("what").GetProperty("key").GetString());
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => device.GetPageAsync("/api/bays/bay-09/why"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.StatusCode);
    }
}
