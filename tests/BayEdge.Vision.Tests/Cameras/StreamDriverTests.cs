using System.Globalization;
using BayEdge.Core.Drivers;
using BayEdge.Vision.Cameras;

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
}
