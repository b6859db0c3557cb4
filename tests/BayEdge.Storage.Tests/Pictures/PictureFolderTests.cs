using BayEdge.Core.Delivery;
using BayEdge.Storage.Pictures;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Storage.Tests.Pictures;

public sealed class PictureFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly PictureLimits Plenty = new(1_000_000, TimeSpan.FromDays(30));

    private readonly string _data = Directory.CreateTempSubdirectory("pictures-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private long _free = long.MaxValue;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_picture_is_found_again_after_a_restart_and_nobody_else_may_read_it()
    {
        Open().Keep("cam-1-20260302T001403120-7f3a-plate", [1, 2, 3], Plenty);

        Assert.Equal([1, 2, 3], await Open().FindAsync("cam-1-20260302T001403120-7f3a-plate", Cancellation));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_data, "pictures")));
        Assert.True(OperatingSystem.IsLinux() && File.GetUnixFileMode(file) == OwnerOnly);
        Assert.True(OperatingSystem.IsLinux() && File.GetUnixFileMode(Path.Combine(_data, "pictures")) == (OwnerOnly | UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task The_oldest_pictures_make_room_for_a_new_one()
    {
        var pictures = Open();
        foreach (var id in new[] { "a", "b", "c", "d" })
            pictures.Keep(id, new byte[100], Plenty with { MaximumBytes = 300 });

        Assert.Null(await pictures.FindAsync("a", Cancellation));
        Assert.NotNull(await pictures.FindAsync("b", Cancellation));
        Assert.Equal((300, 3), (pictures.Bytes, pictures.Count));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_data, "pictures")).Length);
    }

    [Fact]
    public void A_smaller_bound_holds_for_what_was_kept_before_a_restart_too()
    {
        var pictures = Open();
        for (var number = 0; number < 10; number++)
            pictures.Keep($"p{number}", new byte[100], Plenty);

        var again = Open();
        again.Prune(Plenty with { MaximumBytes = 450 });

        Assert.Equal((400, 4), (again.Bytes, again.Count));
    }

    [Fact]
    public async Task A_picture_that_is_too_old_is_deleted_and_a_younger_one_is_not()
    {
        var pictures = Open();
        pictures.Keep("old", new byte[10], Plenty);
        _time.Advance(TimeSpan.FromDays(2));
        pictures.Keep("young", new byte[10], Plenty);
        _time.Advance(TimeSpan.FromDays(29));

        pictures.Prune(Plenty);

        Assert.Null(await pictures.FindAsync("old", Cancellation));
        Assert.NotNull(await pictures.FindAsync("young", Cancellation));
    }

    [Fact]
    public async Task Pictures_give_way_when_others_fill_the_disk_and_none_is_written_then()
    {
        var pictures = Open();
        pictures.Keep("a", new byte[10], Plenty);
        _free = Plenty.LeastFreeBytes - 1;

        Assert.Throws<StorageFaultException>(() => pictures.Keep("b", new byte[10], Plenty));

        Assert.Null(await pictures.FindAsync("a", Cancellation));
        Assert.Empty(Directory.GetFiles(Path.Combine(_data, "pictures")));
    }

    [Fact]
    public void A_picture_larger_than_all_may_be_is_refused_and_costs_no_other()
    {
        var pictures = Open();
        pictures.Keep("a", new byte[10], Plenty);

        Assert.Throws<StorageFaultException>(() => pictures.Keep("b", new byte[100], Plenty with { MaximumBytes = 50 }));
        Assert.Equal(1, pictures.Count);
    }

    [Fact]
    public async Task A_folder_that_was_deleted_by_hand_is_made_again_for_this_user_only()
    {
        var folder = Path.Combine(_data, "pictures");
        var pictures = PictureFolder.Open(_data, _time);
        pictures.Keep("a", [1], Plenty with { LeastFreeBytes = 0 });
        Directory.Delete(folder, recursive: true);

        pictures.Keep("b", [2], Plenty with { LeastFreeBytes = 0 });

        Assert.Null(await pictures.FindAsync("a", Cancellation));
        Assert.Equal([2], await pictures.FindAsync("b", Cancellation));
        Assert.True(OperatingSystem.IsLinux() && File.GetUnixFileMode(folder) == (OwnerOnly | UnixFileMode.UserExecute));
    }

    [Fact]
    public void A_disk_that_does_not_say_what_is_free_takes_no_picture()
    {
        var pictures = PictureFolder.Open(_data, _time, () => throw new IOException("gone"));

        Assert.Throws<StorageFaultException>(() => pictures.Keep("a", [1], Plenty));
        Assert.Equal(0, pictures.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../secrets")]
    [InlineData("..%2fsecrets")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../secrets")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("link")]
    [InlineData("other")]
    public async Task An_id_that_was_not_given_out_leads_to_no_file(string id)
    {
        File.WriteAllText(Path.Combine(_data, "secrets.jpg"), "secret");
        var folder = Directory.CreateDirectory(Path.Combine(_data, "pictures")).FullName;
        File.WriteAllText(Path.Combine(folder, "other.txt"), "other");
        File.CreateSymbolicLink(Path.Combine(folder, "link.jpg"), Path.Combine(_data, "secrets.jpg"));

        Assert.Null(await Open().FindAsync(id, Cancellation));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData(".a")]
    [InlineData("a/b")]
    public void No_picture_is_written_under_a_name_that_leads_elsewhere(string id) =>
        Assert.Throws<ArgumentException>(() => Open().Keep(id, [1], Plenty));

    [Fact]
    public void What_a_power_cut_left_half_written_is_taken_away()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data, "pictures")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "a.jpg.new"), [1]);

        Assert.Equal(0, Open().Count);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Without_pictures_none_is_left()
    {
        var pictures = Open();
        pictures.Keep("a", [1], Plenty);
        pictures.Keep("b", [1], Plenty);

        pictures.Clear();

        Assert.Equal((0, 0), (pictures.Bytes, pictures.Count));
        Assert.Empty(Directory.GetFiles(Path.Combine(_data, "pictures")));
    }

    private PictureFolder Open() => PictureFolder.Open(_data, _time, () => _free);
}
