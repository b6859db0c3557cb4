using BayEdge.Service.Access;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Access;

public sealed class LoginThrottleTests
{
    private const string Account = "installer";

    private readonly FakeTimeProvider _time = new();
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = new LoginThrottle(_time);

    [Fact]
    public void Each_wrong_try_after_the_third_doubles_the_wait_up_to_a_minute()
    {
        Fail(3, "192.0.2.1");
        Assert.Equal(1, Wait("192.0.2.1"));
        Fail(1, "192.0.2.1");
        Assert.Equal(2, Wait("192.0.2.1"));
        Fail(10, "192.0.2.1");
        Assert.Equal(60, Wait("192.0.2.1"));

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, Wait("192.0.2.1"));
    }

    [Fact]
    public void Whoever_guesses_from_many_addresses_slows_the_account_down_but_not_whoever_was_let_in_before()
    {
        _throttle.Succeeded(Account, "192.0.2.9");
        for (var address = 0; address < 50; address++)
            Fail(1, $"198.51.100.{address}");

        Assert.Equal(5, Wait("198.51.100.200"));
        Assert.Equal(0, Wait("192.0.2.9"));
    }

    private void Fail(int times, string address)
    {
        for (var time = 0; time < times; time++)
            _throttle.Failed(Account, address);
    }

    private double Wait(string address) => _throttle.WaitOf(Account, address).TotalSeconds;
}
