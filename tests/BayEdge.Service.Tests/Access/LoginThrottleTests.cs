using BayEdge.Service.Access;
using BayEdge.Service.Tests.Timing;
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
        Try(3, "192.0.2.1");
        foreach (var wait in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            Assert.Equal(wait, Wait("192.0.2.1"));
            _time.Advance(TimeSpan.FromSeconds(wait));
            Try(1, "192.0.2.1");
        }
    }

    [Fact]
    public void Of_tries_that_come_at_once_only_the_free_ones_are_taken()
    {
        Try(3, "192.0.2.1");

        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal(1, Wait("192.0.2.1")));
    }

    [Fact]
    public void Whoever_is_let_in_again_and_again_slows_nobody_down()
    {
        for (var login = 0; login < 20; login++)
        {
            Try(1, $"192.0.2.{login}");
            _throttle.Succeeded(Account, $"192.0.2.{login}");
        }

        Try(3, "198.51.100.1");
    }

    [Theory]
    [InlineData(-7200)]
    [InlineData(7200)]
    public void A_clock_that_is_set_makes_no_wait_longer_or_shorter(int stepSeconds)
    {
        var clock = new SteppedTime(_time);
        var throttle = new LoginThrottle(clock);
        for (var tries = 0; tries < 3; tries++)
            throttle.Take(Account, "192.0.2.1");

        clock.Step = TimeSpan.FromSeconds(stepSeconds);

        Assert.Equal(1, throttle.Take(Account, "192.0.2.1").TotalSeconds);
    }

    [Fact]
    public void Whoever_guesses_from_many_addresses_slows_the_account_down_but_not_whoever_was_let_in_before()
    {
        _throttle.Succeeded(Account, "192.0.2.9");
        for (var address = 0; address < 50; address++)
        {
            Try(1, $"198.51.100.{address}");
            _time.Advance(address == 49 ? TimeSpan.Zero : TimeSpan.FromSeconds(5));
        }

        Assert.Equal(5, Wait("198.51.100.200"));
        Assert.Equal(0, Wait("192.0.2.9"));
    }

    private void Try(int times, string address)
    {
        for (var time = 0; time < times; time++)
            Assert.Equal(0, Wait(address));
    }

    private double Wait(string address) => _throttle.Take(Account, address).TotalSeconds;
}
