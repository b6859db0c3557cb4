using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Service.Hosting;
using BayEdge.Service.Sources;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Sources;

public sealed class RadioGateTests
{
    private const int Limit = 30_000;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly ContactStates _contacts;

    public RadioGateTests() => _contacts = new ContactStates(_time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_reader_sends_while_something_is_there_and_half_a_minute_longer()
    {
        var gate = Gate("loop-1");
        _contacts.Said("loop-1", present: false);
        var opening = gate.UntilOpenAsync(Cancelled);
        Assert.False(opening.IsCompleted);

        _contacts.Said("loop-1", present: true);
        await opening;

        var closing = gate.UntilClosedAsync(Cancelled);
        _time.Advance(TimeSpan.FromHours(9));
        Assert.False(closing.IsCompleted);
        _contacts.Said("loop-1", present: false);
        await StaysOpenAsync(closing, TimeSpan.FromSeconds(29));
        _time.Advance(TimeSpan.FromSeconds(2));
        await closing;
    }

    [Fact(Timeout = Limit)]
    public async Task A_vehicle_that_comes_back_before_the_reader_rests_lets_it_go_on()
    {
        var gate = Gate("loop-1");
        _contacts.Said("loop-1", present: true);
        _contacts.Said("loop-1", present: false);
        var closing = gate.UntilClosedAsync(Cancelled);
        await StaysOpenAsync(closing, TimeSpan.FromSeconds(20));

        _contacts.Said("loop-1", present: true);

        await StaysOpenAsync(closing, TimeSpan.FromMinutes(5));
    }

    [Fact(Timeout = Limit)]
    public async Task One_of_several_contacts_is_enough()
    {
        var gate = Gate("loop-1", "loop-2");
        _contacts.Said("loop-1", present: false);
        _contacts.Said("loop-2", present: false);
        var opening = gate.UntilOpenAsync(Cancelled);

        _contacts.Said("loop-2", present: true);

        await opening;
    }

    [Fact(Timeout = Limit)]
    public async Task A_contact_that_is_out_of_order_or_has_not_spoken_lets_the_reader_send()
    {
        var gate = Gate("loop-1");
        await gate.UntilOpenAsync(Cancelled);
        _contacts.Said("loop-1", present: false);
        await gate.UntilClosedAsync(Cancelled);

        _contacts.Lost("loop-1");

        await gate.UntilOpenAsync(Cancelled);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_with_hours_rests_at_night()
    {
        _time.SetLocalTimeZone(TimeZoneInfo.Utc);
        var gate = new RadioGate(new GateConfiguration([], 30, DailyHours.Read("07:00-20:00")), _contacts, _time);
        var closing = gate.UntilClosedAsync(Cancelled);
        await StaysOpenAsync(closing, TimeSpan.FromHours(11.9));
        await PassAsync(TimeSpan.FromMinutes(10), () => closing.IsCompleted);

        var opening = gate.UntilOpenAsync(Cancelled);
        Assert.False(opening.IsCompleted);
        await PassAsync(TimeSpan.FromHours(11), () => opening.IsCompleted);
    }

    [Fact]
    public void A_reader_that_pushes_cannot_be_told_to_rest()
    {
        using var drivers = new DriverSet(TimeProvider.System);
        var token = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal).Add("token", "t");
        var secrets = new Secrets { Sources = Secrets.None.Sources.Add("reader-1", token) };
        var problems = ConfigurationReader.Read(
            """
            {
              "site": "s", "device": "d", "bays": [{ "id": "bay-01" }],
              "readers": [{ "id": "reader-1", "driver": "http", "antennas": [{ "port": 1, "bay": "bay-01" }], "gate": { "hours": "07:00-20:00" } }]
            }
            """,
            drivers.Catalogue,
            secrets).Problems;

        Assert.Equal(
            ["readers[0].gate: a reader of the driver 'http' sends by itself and cannot be told to rest; set its triggers on its own page, and leave gate out"],
            problems.Select(problem => problem.ToString()));
    }

    private RadioGate Gate(params string[] contacts) => new(new GateConfiguration([.. contacts], GateConfiguration.DefaultLingerSeconds, null), _contacts, _time);

    /// <summary>Lets time pass in steps, so that everything that waits gets its turn.</summary>
    private async Task PassAsync(TimeSpan span, Func<bool> until)
    {
        for (var passed = TimeSpan.Zero; passed < span && !until(); passed += TimeSpan.FromSeconds(30))
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        while (!until())
            await Task.Delay(10, Cancelled);
    }

    private async Task StaysOpenAsync(Task closing, TimeSpan span)
    {
        _time.Advance(span);
        await Task.Delay(50, Cancelled);
        Assert.False(closing.IsCompleted);
    }
}
