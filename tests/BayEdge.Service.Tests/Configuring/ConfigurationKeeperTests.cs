using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.Tests.Timing;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Configuring;

public sealed class ConfigurationKeeperTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly DriverSet _drivers = new(TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => _folder.File("bayedge.json");

    [Fact]
    public async Task What_is_proposed_and_valid_holds_at_once_and_can_be_taken_back()
    {
        Write("1号工位");
        using var keeper = Open();

        var result = await keeper.ProposeAsync(Json("2号工位"), "installer", "renamed", null, Cancellation);

        Assert.True(result.Applied);
        Assert.Equal("2号工位", NameOf(keeper));
        Assert.Contains("2号工位", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.Equal([("installer", "renamed"), ("file", "found")], keeper.History().Select(version => (version.Who, version.Why)));

        await keeper.RevertAsync(1, "installer", Cancellation);
        Assert.Equal("1号工位", NameOf(keeper));
        Assert.Null(await keeper.RevertAsync(77, "installer", Cancellation));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{ "site": "a", "site": "b" }""")]
    [InlineData("""{ "site": "sh-01", "device": "pi-01", "bays": [] }""")]
    [InlineData("""{ "site": "\ud800", "device": "pi-01", "bays": [{ "id": "bay-01" }] }""")]
    public async Task What_cannot_be_used_never_holds(string json)
    {
        Write("1号工位");
        using var keeper = Open();

        var result = await keeper.ProposeAsync(json, "installer", "", null, Cancellation);
        var restored = await keeper.RestoreAsync(json, keeper.Current.Secrets, known: null, "installer", "", Cancellation);

        Assert.NotEmpty(result.Problems);
        Assert.NotEmpty(restored.Problems);
        Assert.Equal("1号工位", NameOf(keeper));
        Assert.Single(keeper.History());
    }

    [Fact]
    public async Task A_change_that_nobody_confirms_is_taken_back()
    {
        Write("1号工位");
        using var keeper = Open();
        await ChangeToConfirmAsync(keeper);

        _time.Advance(TimeSpan.FromSeconds(89));
        await keeper.LookAsync(Cancellation);
        Assert.Equal("2号工位", NameOf(keeper));

        _time.Advance(TimeSpan.FromSeconds(2));
        await keeper.LookAsync(Cancellation);
        Assert.Equal("1号工位", NameOf(keeper));
        Assert.Null(keeper.Current.ConfirmBy);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task A_clock_that_is_set_while_a_change_waits_makes_the_wait_neither_longer_nor_shorter(int stepSeconds)
    {
        Write("1号工位");
        var clock = new SteppedTime(_time);
        using var keeper = Open(clock);
        await ChangeToConfirmAsync(keeper);

        clock.Step = TimeSpan.FromSeconds(stepSeconds);
        await keeper.LookAsync(Cancellation);
        Assert.Equal("2号工位", NameOf(keeper));

        _time.Advance(TimeSpan.FromSeconds(91));
        await keeper.LookAsync(Cancellation);
        Assert.Equal("1号工位", NameOf(keeper));
    }

    [Fact]
    public async Task A_change_that_is_confirmed_stays()
    {
        Write("1号工位");
        using var keeper = Open();
        var result = await ChangeToConfirmAsync(keeper);

        Assert.False(await keeper.ConfirmAsync("another", Cancellation));
        Assert.True(await keeper.ConfirmAsync(result.Revision, Cancellation));

        _time.Advance(TimeSpan.FromSeconds(100));
        await keeper.LookAsync(Cancellation);
        Assert.Equal("2号工位", NameOf(keeper));
    }

    [Fact]
    public async Task A_save_while_a_change_waits_neither_confirms_it_nor_gives_it_more_time()
    {
        Write("1号工位");
        using var keeper = Open();
        await ChangeToConfirmAsync(keeper);
        _time.Advance(TimeSpan.FromSeconds(60));

        var saved = await keeper.ProposeAsync(Json("三号工位"), "installer", "", null, Cancellation);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(30), saved.ConfirmBy);
        Assert.Equal(saved.ConfirmBy, keeper.Current.ConfirmBy);

        _time.Advance(TimeSpan.FromSeconds(31));
        await keeper.LookAsync(Cancellation);
        Assert.Equal("1号工位", NameOf(keeper));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_asked_for_a_change_confirms_it_with_what_was_saved_on_top_of_it(bool byItsOwnRevision)
    {
        Write("1号工位");
        using var keeper = Open();
        var asked = await ChangeToConfirmAsync(keeper);
        var saved = await keeper.ProposeAsync(Json("三号工位"), "installer", "", null, Cancellation);

        Assert.True(await keeper.ConfirmAsync(byItsOwnRevision ? asked.Revision : saved.Revision, Cancellation));

        _time.Advance(TimeSpan.FromSeconds(100));
        await keeper.LookAsync(Cancellation);
        Assert.Equal("三号工位", NameOf(keeper));
    }

    [Fact]
    public async Task Going_back_by_hand_to_what_held_before_a_change_that_waits_ends_the_wait()
    {
        Write("1号工位");
        using var keeper = Open();
        await ChangeToConfirmAsync(keeper);

        await keeper.RevertAsync(1, "installer", Cancellation);

        Assert.Equal("1号工位", NameOf(keeper));
        Assert.Null(keeper.Current.ConfirmBy);
    }

    [Fact]
    public async Task A_power_cut_after_a_save_on_top_of_a_change_that_waits_brings_the_last_good_configuration_back()
    {
        Write("1号工位");
        using (var keeper = Open())
        {
            await ChangeToConfirmAsync(keeper);
            await keeper.ProposeAsync(Json("三号工位"), "installer", "", null, Cancellation);
        }

        using var after = Open();

        Assert.Equal("1号工位", NameOf(after));
    }

    [Fact]
    public async Task A_power_cut_before_the_confirmation_brings_the_last_good_configuration_back()
    {
        Write("1号工位");
        using (var keeper = Open())
            await ChangeToConfirmAsync(keeper);

        using var after = Open();

        Assert.Equal("1号工位", NameOf(after));
    }

    [Fact]
    public async Task A_change_that_is_to_be_taken_back_while_the_disk_refuses_is_taken_back_once_it_does_not()
    {
        Write("1号工位");
        using var keeper = Open();
        await ChangeToConfirmAsync(keeper);
        var unfinished = _folder.File("configurations/unfinished.json");
        System.IO.File.Delete(unfinished);
        Directory.CreateDirectory(unfinished);

        _time.Advance(TimeSpan.FromSeconds(91));
        await keeper.LookAsync(Cancellation);
        Assert.Equal("2号工位", NameOf(keeper));

        Directory.Delete(unfinished);
        _time.Advance(TimeSpan.FromSeconds(11));
        await keeper.LookAsync(Cancellation);
        Assert.Equal("1号工位", NameOf(keeper));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"mqttUser":"u","mqttPassword":"before"}""")]
    public async Task A_change_that_the_disk_refuses_leaves_nothing_behind(string? secrets)
    {
        Write("1号工位");
        if (secrets is not null)
            WriteSecrets(secrets);
        using (var keeper = Open())
        {
            Directory.CreateDirectory(_folder.File("bayedge.json.new"));
            var refused = await keeper.ProposeAsync(
                """{ "site": "sh-01", "device": "pi-01", "mqtt": { "url": "mqtt://b", "user": "u", "password": "after" }, "bays": [{ "id": "bay-01" }] }""", "installer", "", null, Cancellation);

            Assert.NotNull(refused.Fault);
            Assert.Equal("found", Assert.Single(keeper.History()).Why);
            Assert.Equal(secrets, System.IO.File.Exists(_folder.File("secrets.json")) ? System.IO.File.ReadAllText(_folder.File("secrets.json")) : null);
            Directory.Delete(_folder.File("bayedge.json.new"));
        }

        Write("三号工位");
        using var after = Open();
        Assert.Equal("三号工位", NameOf(after));
    }

    [Fact]
    public async Task A_change_that_the_disk_refuses_leaves_the_one_that_waits_to_be_taken_back_by_a_power_cut()
    {
        Write("1号工位");
        using (var keeper = Open())
        {
            await ChangeToConfirmAsync(keeper);
            Directory.CreateDirectory(_folder.File("bayedge.json.new"));
            Assert.NotNull((await keeper.ProposeAsync(Json("三号工位"), "installer", "", null, Cancellation)).Fault);
            Directory.Delete(_folder.File("bayedge.json.new"));
        }

        using var after = Open();
        Assert.Equal("1号工位", NameOf(after));
    }

    [Fact]
    public async Task A_file_changed_by_hand_while_a_change_waits_stays_after_a_restart()
    {
        Write("1号工位");
        using (var keeper = Open())
        {
            await ChangeToConfirmAsync(keeper);
            Write("三号工位");
            await keeper.LookAsync(Cancellation);
        }

        using var after = Open();

        Assert.Equal("三号工位", NameOf(after));
    }

    [Fact]
    public async Task What_held_before_is_taken_back_though_the_history_did_not_have_it()
    {
        Write("1号工位");
        using var keeper = Open();
        foreach (var kept in Directory.GetFiles(_folder.File("configurations")))
            System.IO.File.Delete(kept);

        await ChangeToConfirmAsync(keeper);
        _time.Advance(TimeSpan.FromSeconds(91));
        await keeper.LookAsync(Cancellation);

        Assert.Equal("1号工位", NameOf(keeper));
    }

    [Fact]
    public async Task A_file_changed_by_hand_holds_when_it_is_valid_and_is_ignored_when_it_is_not()
    {
        Write("1号工位");
        using var keeper = Open();

        System.IO.File.WriteAllText(File, "{ broken");
        await keeper.LookAsync(Cancellation);
        Assert.Equal("1号工位", NameOf(keeper));
        Assert.NotEmpty(keeper.Current.Problems);

        Write("三号工位");
        await keeper.LookAsync(Cancellation);
        Assert.Equal("三号工位", NameOf(keeper));
        Assert.Empty(keeper.Current.Problems);
        Assert.Equal("byHand", keeper.History()[0].Why);
    }

    [Fact]
    public async Task A_broken_file_that_is_replaced_on_the_page_stays_in_the_history()
    {
        System.IO.File.WriteAllText(File, "{ broken");
        using var keeper = Open();

        await keeper.ProposeAsync(Json("1号工位"), "installer", "bays", null, Cancellation);

        Assert.Equal([("installer", "bays"), ("file", "byHand")], keeper.History().Select(version => (version.Who, version.Why)));
        Assert.Equal("{ broken", keeper.History()[1].Configuration);
        Assert.NotEmpty((await keeper.RevertAsync(1, "installer", Cancellation))!.Problems);
        Assert.Equal("1号工位", NameOf(keeper));
    }

    [Fact]
    public async Task A_device_without_a_configuration_takes_its_first_one()
    {
        using var keeper = Open();
        Assert.Null(keeper.Current.Configuration);

        Assert.True((await keeper.ProposeAsync(Json("1号工位"), "installer", "first", null, Cancellation)).Applied);

        Assert.Equal("1号工位", NameOf(keeper));
    }

    [Fact]
    public async Task Only_the_service_may_read_the_history_and_fifty_versions_are_kept()
    {
        Write("1号工位");
        using var keeper = Open();
        for (var change = 0; change < 55; change++)
            await keeper.ProposeAsync(Json($"bay {change}"), "installer", "", null, Cancellation);

        var kept = Directory.GetFiles(_folder.File("configurations"));
        Assert.Equal(50, kept.Length);
        Assert.All(kept, file => Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(file)));
    }

    public void Dispose()
    {
        _drivers.Dispose();
        _folder.Dispose();
    }

    private static Task<ProposalResult> ChangeToConfirmAsync(ConfigurationKeeper keeper) =>
        keeper.ProposeAsync(Json("2号工位"), "installer", "", TimeSpan.FromSeconds(90), Cancellation);

    private static string? NameOf(ConfigurationKeeper keeper) => keeper.Current.Configuration?.Bays[0].Name;

    private static string Json(string bay) => $$"""{ "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "{{bay}}" }] }""";

    private void Write(string bay) => System.IO.File.WriteAllText(File, Json(bay));

    private void WriteSecrets(string secrets)
    {
        System.IO.File.WriteAllText(_folder.File("secrets.json"), secrets);
        System.IO.File.SetUnixFileMode(_folder.File("secrets.json"), OwnerOnly);
    }

    private ConfigurationKeeper Open(TimeProvider? time = null) =>
        new(new FileInfo(File), new DataFolder(_folder.Path), _drivers.Catalogue, time ?? _time, NullLogger<ConfigurationKeeper>.Instance);
}
