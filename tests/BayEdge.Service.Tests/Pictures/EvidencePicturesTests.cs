using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Service.Hosting;
using BayEdge.Service.Pictures;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Pictures;

public sealed class EvidencePicturesTests : IAsyncLifetime
{
    private const int Limit = 30_000;

    private static readonly ObservedAt Start = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1));

    private readonly TemporaryFolder _folder = new();
    private readonly PictureTray _tray = new();
    private EvidencePictures _pictures = null!;

    private string PicturesPath => _folder.File("pictures");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _pictures = new EvidencePictures(new DataFolder(_folder.Path), _tray, TimeProvider.System, NullLogger<EvidencePictures>.Instance);
        _pictures.Configure(new PicturesConfiguration());
        await _pictures.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _pictures.StopAsync(CancellationToken.None);
        _pictures.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Limit)]
    public async Task The_event_that_tells_a_plate_names_its_crop_and_the_scene()
    {
        Lay("沪AD12345");

        var told = _pictures.Name(Identified(PlateEvidence("沪AD12345"), new Evidence("vehicles", "expected", "expected as WO-1")));

        var ids = told.Evidence[0].Pictures!;
        Assert.Equal(["plate", "scene"], ids.Select(id => id.Split('-')[^1]));
        Assert.All(ids, id => Assert.True(Topics.IsValidId(id), id));
        Assert.StartsWith("cam-1-20260302T080000000-", ids[0], StringComparison.Ordinal);
        Assert.Null(told.Evidence[1].Pictures);
        Assert.Equal([1], await FindAsync(ids[0]));
        Assert.Equal([2], await FindAsync(ids[1]));
    }

    [Fact]
    public void No_event_names_the_picture_of_another_plate_bay_or_camera()
    {
        Lay("京Q58A77");
        Lay("沪AD12345", bay: "bay-02");
        Lay("沪AD12345", camera: "cam-2");

        Assert.Null(_pictures.Name(Identified(PlateEvidence("沪AD12345"))).Evidence[0].Pictures);
    }

    [Fact]
    public void A_plate_that_the_vote_corrected_keeps_its_picture()
    {
        Lay("沪AD12845");

        Assert.NotNull(_pictures.Name(Identified(PlateEvidence("沪AD12345"))).Evidence[0].Pictures);
    }

    [Fact]
    public void A_vehicle_of_the_same_fleet_that_stood_there_before_is_not_taken_for_it()
    {
        Lay("沪AD12346", at: Start - TimeSpan.FromMinutes(2));

        Assert.Null(_pictures.Name(Identified(PlateEvidence("沪AD12345"))).Evidence[0].Pictures);
    }

    [Fact(Timeout = Limit)]
    public async Task Later_events_of_the_visit_name_the_same_pictures_and_write_nothing_more()
    {
        Lay("沪AD12345");
        var first = _pictures.Name(Identified(PlateEvidence("沪AD12345"))).Evidence[0].Pictures!;
        await FindAsync(first[1]);

        Assert.Equal(first, _pictures.Name(Identified(PlateEvidence("沪AD12345"))).Evidence[0].Pictures);
        Assert.Equal(2, Directory.GetFiles(PicturesPath).Length);
    }

    [Fact(Timeout = Limit)]
    public async Task What_no_event_names_never_reaches_the_disk()
    {
        Lay("沪AD12345");
        _tray.Lay(new ScenePicture("cam-1", ["bay-01"], Start, new byte[] { 3 }));
        Lay("京Q58A77");

        var named = _pictures.Name(Identified(PlateEvidence("京Q58A77"))).Evidence[0].Pictures!;
        await FindAsync(named[1]);

        var expected = named.Order(StringComparer.Ordinal).ToArray();
        var written = Directory.GetFiles(PicturesPath).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, written);
    }

    [Fact(Timeout = Limit)]
    public async Task A_folder_that_is_deleted_by_hand_stops_neither_the_service_nor_the_next_picture()
    {
        Lay("沪AD12345");
        var first = _pictures.Name(Identified(PlateEvidence("沪AD12345"))).Evidence[0].Pictures!;
        await FindAsync(first[1]);
        Directory.Delete(PicturesPath, recursive: true);
        Lay("京Q58A77");

        var next = _pictures.Name(Identified(PlateEvidence("京Q58A77"))).Evidence[0].Pictures!;

        Assert.Equal([2], await FindAsync(next[1]));
        Assert.Null(await _pictures.FindAsync(first[1], Cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task Until_a_configuration_says_how_long_pictures_are_kept_none_is_deleted()
    {
        await _pictures.StopAsync(Cancellation);
        Directory.CreateDirectory(PicturesPath);
        var old = Path.Combine(PicturesPath, "old.jpg");
        await File.WriteAllBytesAsync(old, [1], Cancellation);
        File.SetLastWriteTimeUtc(old, Start.Wall.UtcDateTime - TimeSpan.FromDays(3000));
        var time = new FakeTimeProvider(Start.Wall);
        using var pictures = new EvidencePictures(new DataFolder(_folder.Path), _tray, time, NullLogger<EvidencePictures>.Instance);
        await pictures.StartAsync(Cancellation);

        time.Advance(TimeSpan.FromHours(1));
        pictures.Configure(new PicturesConfiguration { Days = 3650 });

        Lay("沪AD12345");
        var named = pictures.Name(Identified(PlateEvidence("沪AD12345"))).Evidence[0].Pictures!;
        while (await pictures.FindAsync(named[1], Cancellation) is null)
            await Task.Delay(20, Cancellation);
        Assert.True(File.Exists(old));
        await pictures.StopAsync(Cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task What_an_event_has_named_is_written_before_the_service_ends_and_nothing_is_named_after()
    {
        Lay("京Q58A77");
        await FindAsync(_pictures.Name(Identified(PlateEvidence("京Q58A77"))).Evidence[0].Pictures![1]);
        var named = new List<string>();
        foreach (var plate in new[] { "沪AD12345", "粤B90817", "苏E66F02" })
        {
            Lay(plate);
            named.AddRange(_pictures.Name(Identified(PlateEvidence(plate))).Evidence[0].Pictures!);
        }

        await _pictures.StopAsync(Cancellation);

        Assert.Equal(6, named.Count);
        foreach (var id in named)
            Assert.NotNull(await _pictures.FindAsync(id, Cancellation));
        Lay("浙C31D59");
        Assert.Null(_pictures.Name(Identified(PlateEvidence("浙C31D59"))).Evidence[0].Pictures);
    }

    [Fact]
    public void A_leaving_names_the_pictures_of_its_visit_and_the_next_visit_wants_its_own()
    {
        Lay("沪AD12345");
        Assert.False(_tray.WantsPlate("cam-1", "bay-01", "沪AD12345", 100, Start + TimeSpan.FromMinutes(3)));

        var told = _pictures.Name(Left(Start + TimeSpan.FromMinutes(4), PlateEvidence("沪AD12345")));

        Assert.NotNull(told.Evidence[0].Pictures);
        Assert.True(_tray.WantsPlate("cam-1", "bay-01", "沪AD12345", 100, Start + TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void A_vehicle_that_a_tag_announces_is_shown_by_the_scene_nearest_to_its_coming()
    {
        foreach (var second in new[] { -30, -4, 5 })
            _tray.Lay(new ScenePicture("cam-1", ["bay-01"], Start + TimeSpan.FromSeconds(second), new byte[] { 3 }));

        var told = _pictures.Name(Entered(Start));

        Assert.Contains("T075956000", Assert.Single(told.Evidence[0].Pictures!), StringComparison.Ordinal);
        Assert.Null(_pictures.Name(Entered(Start + TimeSpan.FromMinutes(5))).Evidence[0].Pictures);
        Assert.Null(_pictures.Name(Entered(Start) with { Bay = "bay-02" }).Evidence[0].Pictures);
    }

    [Fact]
    public void Events_go_on_though_pictures_cannot_be_written_as_fast()
    {
        var named = 0;
        for (var number = 0; number < 500; number++)
        {
            var plate = $"沪AD{number:00000}";
            Lay(plate, at: Start + TimeSpan.FromSeconds(number));
            var told = _pictures.Name(Identified(PlateEvidence(plate)));
            Assert.Equal(PlateEvidence(plate), told.Evidence[0]);
            named += told.Evidence[0].Pictures?.Count ?? 0;
        }

        // No more than the card is to take at once.
        Assert.InRange(named, 1, 61);
    }

    [Fact(Timeout = Limit)]
    public async Task A_disk_that_takes_no_picture_takes_the_event_all_the_same()
    {
        await _pictures.StopAsync(Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "in-the-way"), "", Cancellation);
        using var pictures = new EvidencePictures(
            new DataFolder(Path.Combine(_folder.Path, "in-the-way")), _tray, TimeProvider.System, NullLogger<EvidencePictures>.Instance);
        pictures.Configure(new PicturesConfiguration());
        await pictures.StartAsync(Cancellation);
        Lay("沪AD12345");

        var told = pictures.Name(Identified(PlateEvidence("沪AD12345")));

        Assert.Equal("沪AD12345", told.Vehicle.Plate);
        Assert.Null(await pictures.FindAsync(told.Evidence[0].Pictures![0], Cancellation));
        await pictures.StopAsync(Cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task Without_pictures_none_is_taken_named_or_left()
    {
        Lay("沪AD12345");
        var kept = _pictures.Name(Identified(PlateEvidence("沪AD12345"))).Evidence[0].Pictures!;
        await FindAsync(kept[1]);

        _pictures.Configure(new PicturesConfiguration { Enabled = false });

        while (Directory.GetFiles(PicturesPath).Length > 0)
            await Task.Delay(20, Cancellation);
        Assert.Null(await _pictures.FindAsync(kept[0], Cancellation));
        Assert.False(_tray.WantsPlate("cam-1", "bay-01", "京Q58A77", 100, Start));
        Assert.False(_tray.WantsScene("cam-1", Start));
        Assert.Null(_pictures.Name(Identified(PlateEvidence("沪AD12345"))).Evidence[0].Pictures);
    }

    private async Task<byte[]> FindAsync(string id)
    {
        while (true)
        {
            if (await _pictures.FindAsync(id, Cancellation) is { } picture)
                return picture.Content.ToArray();
            await Task.Delay(20, Cancellation);
        }
    }

    private void Lay(string plate, string camera = "cam-1", string bay = "bay-01", ObservedAt? at = null) =>
        _tray.Lay(new PlatePicture(camera, bay, plate, 100, at ?? Start, new byte[] { 1 }, new byte[] { 2 }));

    private static Evidence PlateEvidence(string plate) => new(
        "cam-1", "plate", $"{plate} read in 9 pictures", 11.4, "plateRead", new Dictionary<string, string> { ["plate"] = plate });

    private static VehicleIdentified Identified(params Evidence[] evidence) => new(
        "bay-01", "v-1", new Vehicle { Plate = "沪AD12345" }, Start, Start, Start, Start + TimeSpan.FromSeconds(5), [.. evidence]);

    private static VehicleLeft Left(ObservedAt at, params Evidence[] evidence) => new(
        "bay-01", "v-1", new Vehicle { Plate = "沪AD12345" }, at, at, at, at + TimeSpan.FromSeconds(5), [.. evidence], Start);

    private static VehicleEntered Entered(ObservedAt at) => new(
        "bay-01", "v-1", new Vehicle(), at, at, at, at + TimeSpan.FromSeconds(5), [new Evidence("reader-1", "tag", "tag read")]);
}
