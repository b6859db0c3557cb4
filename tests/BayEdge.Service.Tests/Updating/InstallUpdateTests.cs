using System.Formats.Tar;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Updating;

/// <summary><c>bayedge-update</c> with a service that is only a few lines of shell.</summary>
public sealed class InstallUpdateTests : IDisposable
{
    private const string Works = "printf %s \"$VERSION\" >\"$BAYEDGE_INBOX/good\"";

    private readonly TemporaryFolder _folder = new();
    private readonly SignedUpdate _updates = new();

    public InstallUpdateTests()
    {
        Directory.CreateDirectory(Inbox);
        Directory.CreateDirectory(Home);
        File.WriteAllText(Path.Combine(Home, "update-key.pem"), _updates.PublicPem);
        // Starts the program as it stands then, as systemd does.
        File.WriteAllText(_folder.File("systemctl"), """
            #!/bin/sh
            VERSION=$(basename "$(readlink "$BAYEDGE_HOME/current")") exec sh "$BAYEDGE_HOME/current/bayedge"
            """);
        File.SetUnixFileMode(_folder.File("systemctl"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private string Home => _folder.File("home");

    private string Inbox => _folder.File("inbox");

    private string Wanted => Path.Combine(Inbox, "wanted.update");

    private string Current => Path.GetFileName(new FileInfo(Path.Combine(Home, "current")).LinkTarget)!;

    private string[] Releases => [.. Directory.EnumerateFileSystemEntries(Path.Combine(Home, "releases")).Select(Path.GetFileName).Order().OfType<string>()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Version_after_version_is_installed_and_only_the_one_before_stays_beside_it()
    {
        await InstallAsync("1.0.0", Works);
        await InstallAsync("1.2.0", Works);
        var told = await InstallAsync("1.10.0", Works);

        Assert.Contains("\"phase\":\"done\",\"from\":\"1.2.0\",\"to\":\"1.10.0\"", told, StringComparison.Ordinal);
        Assert.Equal("1.10.0", Current);
        Assert.Equal(["1.10.0", "1.2.0"], Releases);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Inbox));
    }

    [Theory]
    [InlineData("exit 1", "start")]
    [InlineData("true", "work")]
    [InlineData("printf 9.9.9 >\"$BAYEDGE_INBOX/good\"", "work")]
    public async Task A_version_that_does_not_work_goes_and_the_one_before_runs_again(string program, string reason)
    {
        await InstallAsync("1.0.0", $"{Works}; date >>\"$BAYEDGE_HOME/started\"");

        var told = await InstallAsync("1.1.0", program);

        Assert.Contains($"\"phase\":\"reverted\",\"from\":\"1.0.0\",\"to\":\"1.1.0\",\"reason\":\"{reason}\"", told, StringComparison.Ordinal);
        Assert.Equal("1.0.0", Current);
        Assert.Equal(["1.0.0"], Releases);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(Home, "started"), Cancellation)).Length);
    }

    [Theory]
    [InlineData(Works, "done", "1.1.0")]
    [InlineData("true", "reverted", "1.0.0")]
    public async Task A_trial_that_a_power_cut_interrupted_is_ended_at_the_next_start(string program, string phase, string runs)
    {
        await InstallAsync("1.0.0", Works);
        var release = Directory.CreateDirectory(Path.Combine(Home, "releases", "1.1.0")).FullName;
        await File.WriteAllTextAsync(Path.Combine(release, "bayedge"), program, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Home, "update.json"), """{"phase":"trial","from":"1.0.0","to":"1.1.0","reason":"","at":"2026-03-01T10:00:00Z"}""", Cancellation);

        var told = await RunAsync();

        Assert.Contains($"\"phase\":\"{phase}\"", told, StringComparison.Ordinal);
        Assert.Equal(runs, Current);
    }

    [Fact]
    public async Task A_file_that_a_power_cut_left_half_unpacked_is_installed_at_the_next_start()
    {
        await InstallAsync("1.0.0", Works);
        var work = Directory.CreateDirectory(Path.Combine(Home, "update")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(work, "file"), Update("1.1.0", Works), Cancellation);
        Directory.CreateDirectory(Path.Combine(Home, "releases", ".part"));
        await File.WriteAllTextAsync(Path.Combine(Home, "update.json"), """{"phase":"installing","from":"1.0.0","to":"1.1.0","reason":"","at":"2026-03-01T10:00:00Z"}""", Cancellation);

        Assert.Contains("\"phase\":\"done\"", await RunAsync(), StringComparison.Ordinal);
        Assert.Equal(["1.0.0", "1.1.0"], Releases);
    }

    [Fact]
    public async Task A_file_that_a_power_cut_kept_from_being_copied_is_asked_for_again()
    {
        await InstallAsync("1.0.0", Works);
        var work = Directory.CreateDirectory(Path.Combine(Home, "update")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(work, "file.part"), Update("1.1.0", Works)[..100], Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Home, "update.json"), """{"phase":"waiting","from":"1.0.0","to":"","reason":"","at":"2026-03-01T10:00:00Z"}""", Cancellation);

        Assert.Contains("\"phase\":\"refused\",\"from\":\"1.0.0\",\"to\":\"\",\"reason\":\"interrupted\"", await RunAsync(), StringComparison.Ordinal);
        Assert.Equal("1.0.0", Current);
    }

    [Fact]
    public async Task What_is_not_signed_or_not_newer_changes_nothing_and_is_not_tried_again()
    {
        await InstallAsync("1.5.0", Works);
        using var stranger = new SignedUpdate();

        Assert.Contains("\"reason\":\"signature\"", await GiveAsync(stranger.Make("1.6.0")), StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"older\"", await GiveAsync(Update("1.5.0", Works)), StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"damaged\"", await GiveAsync(_updates.Make("1.6.0", spoil: true)), StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"computer\"", await GiveAsync(_updates.Make("1.6.0", runtime: "linux-s390x")), StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"unreadable\"", await GiveAsync(_updates.Make("1.6.0/../../..")), StringComparison.Ordinal);

        Assert.Equal("1.5.0", Current);
        Assert.Equal(["1.5.0"], Releases);
    }

    [Fact]
    public async Task Links_in_the_inbox_are_not_followed()
    {
        await InstallAsync("1.0.0", Works);
        var elsewhere = _folder.File("elsewhere");
        await File.WriteAllBytesAsync(elsewhere, Update("1.1.0", Works), Cancellation);
        File.CreateSymbolicLink(Wanted, elsewhere);

        Assert.Contains("\"reason\":\"unreadable\"", await RunAsync(), StringComparison.Ordinal);
        Assert.Equal("1.0.0", Current);
        Assert.True(File.Exists(elsewhere));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Inbox));
    }

    [Fact]
    public async Task Links_in_the_file_are_not_followed()
    {
        await InstallAsync("1.0.0", Works);
        var elsewhere = _folder.File("elsewhere");
        await File.WriteAllTextAsync(elsewhere, "not signed", Cancellation);
        using var update = new MemoryStream();
        using (var archive = new TarWriter(update, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var name in (string[])["manifest", "manifest.sig", "program.tar.gz"])
                await archive.WriteEntryAsync(new UstarTarEntry(TarEntryType.SymbolicLink, name) { LinkName = elsewhere }, Cancellation);
        }

        Assert.Contains("\"reason\":\"unreadable\"", await GiveAsync(update.ToArray()), StringComparison.Ordinal);
        Assert.Equal("not signed", await File.ReadAllTextAsync(elsewhere, Cancellation));
    }

    public void Dispose()
    {
        _updates.Dispose();
        _folder.Dispose();
    }

    private byte[] Update(string version, string program) => _updates.Make(version, program: new Dictionary<string, string> { ["bayedge"] = program });

    private Task<string> InstallAsync(string version, string program) => GiveAsync(Update(version, program));

    private async Task<string> GiveAsync(byte[] file)
    {
        await File.WriteAllBytesAsync(Wanted, file, Cancellation);
        return await RunAsync();
    }

    /// <returns>What it told at the end.</returns>
    private async Task<string> RunAsync()
    {
        await using var update = ToolProcess.Start("bash", [Repository.PathOf("deploy", "update", "bayedge-update")], new Dictionary<string, string>
        {
            ["BAYEDGE_HOME"] = Home, ["BAYEDGE_INBOX"] = Inbox, ["BAYEDGE_SYSTEMCTL"] = _folder.File("systemctl"), ["BAYEDGE_PATIENCE_SECONDS"] = "2",
        });
        await update.WaitForExitAsync(Cancellation);
        Assert.True(File.Exists(Path.Combine(Home, "update.json")), update.Output);
        return await File.ReadAllTextAsync(Path.Combine(Home, "update.json"), Cancellation);
    }
}
