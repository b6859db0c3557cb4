using BayEdge.Service.Access;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Access;

public sealed class SessionStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    private string SessionsPath => _folder.File(SessionFile.FileName);

    public SessionStoreTests() => File.WriteAllText(_folder.File("access.json"), "{}");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whoever_is_logged_in_stays_so_over_a_restart_of_the_service_with_the_same_token()
    {
        using var before = Open();
        var cookie = before.Begin(Roles.Installer, "192.0.2.9");
        var session = before.Use(cookie);
        _time.Advance(TimeSpan.FromMinutes(2));

        using var after = Open();

        Assert.Equal(session, after.Use(cookie));
        Assert.Null(after.Use("another"));
    }

    [Fact]
    public void Only_the_service_may_read_the_sessions_and_no_cookie_stands_there()
    {
        using var store = Open();
        var cookie = store.Begin(Roles.Viewer, "192.0.2.9");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SessionsPath));
        Assert.DoesNotContain(cookie, File.ReadAllText(SessionsPath), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_hour_without_use_ends_a_session_also_when_the_service_was_restarted_in_between()
    {
        using var before = Open();
        var cookie = before.Begin(Roles.Installer, "192.0.2.9");
        _time.Advance(TimeSpan.FromMinutes(40));
        using var after = Open();
        _time.Advance(TimeSpan.FromMinutes(21));

        Assert.Null(after.Use(cookie));
    }

    [Fact]
    public void What_was_used_last_is_known_after_the_restart()
    {
        var before = Open();
        var cookie = before.Begin(Roles.Installer, "192.0.2.9");
        _time.Advance(TimeSpan.FromMinutes(50));
        Assert.NotNull(before.Use(cookie));
        before.Dispose();
        _time.Advance(TimeSpan.FromMinutes(50));

        using var after = Open();

        Assert.NotNull(after.Use(cookie));
    }

    [Fact]
    public void Another_start_of_the_computer_ends_every_session()
    {
        using var before = Open();
        var cookie = before.Begin(Roles.Installer, "192.0.2.9");

        using var after = Open(boot: "another");

        Assert.Null(after.Use(cookie));
    }

    [Fact]
    public void A_PIN_that_was_reset_by_hand_ends_every_session()
    {
        using var before = Open();
        var cookie = before.Begin(Roles.Installer, "192.0.2.9");
        File.Delete(_folder.File("access.json"));

        using var after = Open();

        Assert.Null(after.Use(cookie));
    }

    [Fact]
    public void Who_has_logged_out_is_not_let_in_after_a_restart()
    {
        using var before = Open();
        var cookie = before.Begin(Roles.Installer, "192.0.2.9");
        before.End(cookie);

        using var after = Open();

        Assert.Null(after.Use(cookie));
    }

    [Fact]
    public void Who_has_logged_out_is_not_let_in_after_a_restart_though_that_could_not_be_written()
    {
        using var before = Open();
        var cookie = before.Begin(Roles.Installer, "192.0.2.9");
        Directory.CreateDirectory($"{SessionsPath}.new");
        before.End(cookie);

        using var after = Open();

        Assert.Null(after.Use(cookie));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    public void A_file_that_cannot_be_read_logs_everybody_out_and_nothing_worse(string content)
    {
        File.WriteAllText(SessionsPath, content);

        using var store = Open();

        Assert.NotNull(store.Use(store.Begin(Roles.Installer, "192.0.2.9")));
    }

    private SessionStore Open(string boot = "boot") => new(new SessionFile(new DataFolder(_folder.Path), boot), _time);
}
