using System.Globalization;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Vision.Cameras;
using BayEdge.Vision.Plates;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class StreamDriverTests
{
    [Fact]
    public void Its_descriptor_can_fill_a_form_in_both_languages()
    {
        using var driver = CameraBench.Driver(new ScriptedReader());

        Assert.Equal(("stream", SourceKind.Camera), (driver.Descriptor.Id, driver.Descriptor.Kind));
        Assert.All(driver.Descriptor.Fields, field =>
        {
            Assert.All(
                [field.Label.Chinese, field.Label.English, field.Help.Chinese, field.Help.English], Assert.NotEmpty);
            Assert.True(field.Required || field.Default is not null || field.Key is "user" or "password", $"{field.Key} has no default");
        });
        Assert.Equal(["url"], driver.Descriptor.Fields.Where(field => field.Required).Select(field => field.Key));
        Assert.Equal(["password"], driver.Descriptor.Fields.Where(field => field.Secret).Select(field => field.Key));
    }

    [Fact]
    public void Its_numbers_have_units_and_limits_that_hold_their_defaults() =>
        Assert.All(StreamFields.All.Where(field => field.Type is FieldType.Number or FieldType.Integer), field =>
        {
            Assert.NotNull(field.Unit);
            Assert.InRange(double.Parse(field.Default!, CultureInfo.InvariantCulture), field.Minimum!.Value, field.Maximum!.Value);
        });

    [Fact]
    public void The_defaults_of_the_form_are_those_of_the_options()
    {
        var options = CameraBench.Options("/dev/video0");

        Assert.Equal(new StreamOptions { Location = options.Location }, options);
        Assert.Equal(
            (4.0, 60, false, RtspTransport.Tcp),
            (options.FramesPerSecond, options.MinimumPlateWidthPx, options.Repeat, options.Transport));
        Assert.Equal((10.0, 10.0), (options.OpenLimit.TotalSeconds, options.ReadLimit.TotalSeconds));
    }

    [Theory]
    [InlineData("0.2", "1", 10)]
    [InlineData("4", "1", 1)]
    [InlineData("0.2", "30", 30)]
    public void A_camera_that_is_to_give_few_pictures_is_not_lost_between_two_of_them(string framesPerSecond, string readLimit, double seconds) =>
        Assert.Equal(
            seconds,
            CameraBench.Options("rtsp://192.0.2.6/1", ("framesPerSecond", framesPerSecond), ("readLimitSeconds", readLimit)).SilenceLimit.TotalSeconds);

    [Theory]
    [InlineData(15, 0.06)]
    [InlineData(4, 0.225)]
    [InlineData(0.2, 4.5)]
    public void A_camera_at_just_the_rate_that_is_set_keeps_its_pictures_though_they_come_a_little_early(double framesPerSecond, double interval)
    {
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"select='isnan(prev_selected_t)+gte(t-prev_selected_t,{interval})'"),
            FfmpegGrabber.Thinning(framesPerSecond));
        Assert.True(interval < 1 / framesPerSecond);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_check_of_a_camera_whose_plates_could_not_be_read_fails()
    {
        using var driver = new StreamDriver(
            () => throw new PlateModelException("The network file det.onnx is missing."), TimeProvider.System, new ListLogger());

        var answer = await driver.ProbeAsync(CameraBench.Camera("/dev/video99"), TestContext.Current.CancellationToken);

        Assert.False(answer.Answered);
        Assert.Contains("det.onnx is missing", answer.Summary, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_reader_is_not_taken_away_from_a_reading_that_is_under_way()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var inside = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        using var reader = new ScriptedReader(_ =>
        {
            inside.Release();
            goOn.Wait(cancellation);
            return [];
        });
        var shared = new SharedPlateReader(() => reader, TimeProvider.System, new ListLogger());
        using var picture = CameraBench.Picture();

        var reading = shared.ReadAsync(picture, new PlateSearch(PlateRegion.Cn), cancellation);
        await inside.WaitAsync(cancellation);
        var disposing = Task.Run(shared.Dispose, cancellation);
        await Task.Delay(100, cancellation);
        var takenAway = reader.Disposed;
        goOn.Release();
        await reading;
        await disposing;

        Assert.False(takenAway);
        Assert.True(reader.Disposed);
    }
}
