using BayEdge.Service.Commissioning.Network;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Commissioning;

/// <summary>Addresses set through a program that answers as nmcli does, confirmed or taken back.</summary>
public sealed class NetworkChangeTests : IDisposable
{
    private const int Limit = 60_000;

    private static readonly AddressSettings Automatic = new(true, null, null, []);
    private static readonly AddressSettings Wanted = new(false, "192.0.2.7/24", "192.0.2.1", ["192.0.2.1", "192.0.2.2"]);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeNetworkManager _manager = new();
    private readonly FakeTimeProvider _time = new();
    private readonly NetworkManagerSettings _settings;

    public NetworkChangeTests() => _settings = new NetworkManagerSettings(TimeProvider.System, _manager.Program);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Limit)]
    public async Task A_confirmed_change_stays()
    {
        using var change = await StartAsync();
        await change.ApplyAsync(Wanted, null);
        Assert.Equal(Wanted, await _settings.ReadAsync(Cancelled));
        Assert.InRange(change.Remaining!.Value.TotalSeconds, 1, 90);

        Assert.True(await change.ConfirmAsync(Cancelled));
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(change.Remaining);
        Assert.Equal(Wanted, await _settings.ReadAsync(Cancelled));
        Assert.Contains(_manager.Calls, call => call.StartsWith("connection modify bbbb ipv4.method manual", StringComparison.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task An_address_that_another_phone_has_entered_meanwhile_is_not_replaced()
    {
        using var change = await StartAsync();
        var seen = await _settings.ReadAsync(Cancelled);
        Assert.True(await change.ApplyAsync(Wanted, seen));

        Assert.False(await change.ApplyAsync(Wanted with { Address = "192.0.2.99/24" }, seen));

        Assert.Equal(Wanted, await _settings.ReadAsync(Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task A_change_that_nobody_confirms_is_taken_back_after_90_seconds()
    {
        using var change = await StartAsync();
        await change.ApplyAsync(Wanted, null);

        _time.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal(Wanted, await _settings.ReadAsync(Cancelled));
        await AdvanceUntilAsync(async () => Automatic.Equals(await _settings.ReadAsync(Cancelled)));

        Assert.False(await change.ConfirmAsync(Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task A_change_that_a_power_cut_left_unconfirmed_is_taken_back_at_the_next_start()
    {
        var cut = await StartAsync();
        await cut.ApplyAsync(Wanted, null);
        cut.Dispose();

        using var next = await StartAsync();

        await AdvanceUntilAsync(async () => Automatic.Equals(await _settings.ReadAsync(Cancelled)));
    }

    [Fact(Timeout = Limit)]
    public async Task A_change_that_a_power_cut_left_is_taken_back_again_and_again_until_the_manager_agrees()
    {
        var cut = await StartAsync();
        await cut.ApplyAsync(Wanted, null);
        cut.Dispose();
        _manager.Refuse();
        var asked = Modifications;

        using var next = await StartAsync();
        await AdvanceUntilAsync(() => Task.FromResult(Modifications >= asked + 2));
        Assert.Equal(Wanted, await _settings.ReadAsync(Cancelled));

        _manager.Agree();
        await AdvanceUntilAsync(async () => Automatic.Equals(await _settings.ReadAsync(Cancelled)));
    }

    [Fact(Timeout = Limit)]
    public async Task What_the_manager_refuses_is_said_and_leaves_the_address_as_it_was()
    {
        using var change = await StartAsync();
        _manager.Refuse();

        var fault = await Assert.ThrowsAsync<NetworkFaultException>(() => change.ApplyAsync(Wanted, null));

        Assert.Contains("the address is taken", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Automatic, await _settings.ReadAsync(Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task A_computer_without_the_manager_is_managed_elsewhere()
    {
        var nobody = new NetworkManagerSettings(TimeProvider.System, _folder.File("no-such-program"));

        Assert.Null(await nobody.ReadAsync(Cancelled));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.1", "address")]
    [InlineData("7/24", "192.0.2.1", "address")]
    [InlineData("192.0.2.7/24", "192.0.3.1", "gateway")]
    [InlineData("192.0.2.7/24", "192.0.2.1", null)]
    public void An_address_that_cannot_work_is_refused_before_it_is_tried(string address, string gateway, string? wrong) =>
        Assert.Equal(wrong, AddressRules.FaultOf(new AddressSettings(false, address, gateway, []))?.Where);

    private int Modifications => _manager.Calls.Count(call => call.StartsWith("connection modify", StringComparison.Ordinal));

    private async Task<NetworkChange> StartAsync()
    {
        var change = new NetworkChange(_settings, new DataFolder(_folder.Path), _time, NullLogger<NetworkChange>.Instance);
        await change.StartAsync(Cancelled);
        return change;
    }

    private async Task AdvanceUntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, Cancelled);
        }
    }
}
