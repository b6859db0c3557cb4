using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Gpio;
using BayEdge.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Drivers.Tests.Gpio;

public class GpioDriverTests
{
    private const int Limit = 30_000;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly FakePins _pins = new();
    private readonly RecordingSink _sink = new();

    [Fact]
    public void The_settings_have_these_defaults_and_limits()
    {
        var descriptor = new GpioDriver(_time).Descriptor;

        Assert.Equal(("gpio", SourceKind.Presence), (descriptor.Id, descriptor.Kind));
        Assert.Equal(
            [
                ("pin", FieldType.Integer, true, null, 0, 511, null),
                ("activeLow", FieldType.Boolean, false, "false", null, null, null),
                ("debounceMs", FieldType.Integer, false, "50", 0, 5000, "ms"),
                ("repeatSeconds", FieldType.Integer, false, "30", 1, 3600, "s"),
                ("chip", FieldType.Integer, false, null, 0, 31, null),
            ],
            descriptor.Fields.Select(field => (field.Key, field.Type, field.Required, field.Default, field.Minimum, field.Maximum, field.Unit)));
    }

    [Theory(Timeout = Limit)]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    [InlineData(false, true, true)]
    public async Task The_first_sighting_is_the_state_at_the_start(bool high, bool activeLow, bool present)
    {
        _pins.Set(high);
        await using var running = Run(TestContext.Current.CancellationToken, activeLow);

        Assert.Equal(new PresenceSighting(_time.Observe(), "loop-1", present), await _sink.NextAsync<PresenceSighting>());
        Assert.True(_sink.ReadyAsync.IsCompletedSuccessfully);
    }

    [Fact(Timeout = Limit)]
    public async Task A_vehicle_on_the_loop_is_dated_by_the_first_touch()
    {
        await using var running = Run(TestContext.Current.CancellationToken);
        Assert.False((await _sink.NextAsync<PresenceSighting>()).Present);

        var touched = _time.Observe();
        _pins.Set(true);
        await AdvanceUntilToldAsync(running, TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(new PresenceSighting(touched, "loop-1", Present: true), await _sink.NextAsync<PresenceSighting>());
    }

    [Fact(Timeout = Limit)]
    public async Task A_steady_contact_tells_its_state_again()
    {
        await using var running = Run(TestContext.Current.CancellationToken);
        var first = await _sink.NextAsync<PresenceSighting>();

        await AdvanceUntilToldAsync(running, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        var again = await _sink.NextAsync<PresenceSighting>();
        Assert.False(again.Present);
        Assert.InRange(again.At - first.At, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact(Timeout = Limit)]
    public async Task An_edge_that_the_kernel_lost_shows_at_the_next_repeat()
    {
        await using var running = Run(TestContext.Current.CancellationToken);
        await _sink.NextAsync<PresenceSighting>();

        _pins.NoticesEdges = false;
        _pins.Set(true);
        await AdvanceUntilToldAsync(running, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.True((await _sink.NextAsync<PresenceSighting>()).Present);
    }

    [Fact(Timeout = Limit)]
    public async Task Ending_the_source_frees_the_pin()
    {
        var running = Run(TestContext.Current.CancellationToken);
        await _sink.NextAsync<PresenceSighting>();
        Assert.True(_pins.IsOpen);

        await running.DisposeAsync();

        Assert.False(_pins.IsOpen);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_tells_the_level_and_what_it_means()
    {
        _pins.Set(true);

        var report = await new GpioDriver(_time, _pins).ProbeAsync(Configuration(activeLow: false), TestContext.Current.CancellationToken);

        Assert.Equal((true, "Pin 17 is high: something stands there."), (report.Answered, report.Summary));
        Assert.False(_pins.IsOpen);
    }

    [Fact(Timeout = Limit)]
    public async Task A_computer_without_pins_says_what_is_needed()
    {
        using var folder = new TemporaryFolder();
        var driver = new GpioDriver(_time, new BoardPins(folder.Path));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() =>
            driver.Create(Configuration(activeLow: false)).RunAsync(_sink, TestContext.Current.CancellationToken));

        Assert.Equal(DeviceFaultKind.Local, fault.Kind);
        Assert.Equal(
            $"This computer shows no GPIO chip ({folder.Path}/gpiochip* is missing). A gpio contact needs a board with GPIO pins, such as a Raspberry Pi; check the setting chip.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_chip_that_is_none_is_a_fault_and_not_a_crash()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("gpiochip0"), "", TestContext.Current.CancellationToken);

        var report = await new GpioDriver(_time, new BoardPins(folder.Path))
            .ProbeAsync(Configuration(activeLow: false, ("chip", "0")), TestContext.Current.CancellationToken);

        Assert.SkipWhen(File.Exists("/dev/gpiochip0"), "This computer has a GPIO chip.");
        Assert.False(report.Answered);
    }

    private static PresenceConfiguration Configuration(bool activeLow, params (string Key, string Value)[] settings) => new(
        "loop-1",
        "gpio",
        DriverSettings.Of([
            ("pin", "17"), ("activeLow", activeLow ? "true" : "false"), ("debounceMs", "50"), ("repeatSeconds", "30"), .. settings]),
        "bay-01");

    private RunningContact Run(CancellationToken cancellationToken, bool activeLow = false)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return new RunningContact(new GpioDriver(_time, _pins).Create(Configuration(activeLow)).RunAsync(_sink, end.Token), end);
    }

    /// <summary>Lets time pass in steps until the source has said something.</summary>
    private async Task AdvanceUntilToldAsync(RunningContact running, TimeSpan step, CancellationToken cancellationToken)
    {
        while (_sink.IsEmpty)
        {
            _time.Advance(step);
            if (running.Completion.IsCompleted)
                await running.Completion;
            await Task.Delay(1, cancellationToken);
        }
    }

    private sealed record RunningContact(Task Completion, CancellationTokenSource End) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await End.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Completion);
            End.Dispose();
        }
    }
}
