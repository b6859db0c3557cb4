using BayEdge.Core.Configuration;
using BayEdge.TestKit;
using BayEdge.Vision.Plates.Batch;

namespace BayEdge.Vision.Tests.Plates;

/// <summary>Shares of real pictures that are read right to the last character.</summary>
public class PlateRatesTests
{
    [Theory]
    [InlineData("cn-crops", PlateRegion.Cn, 0.993, 0.993, 0.03)]
    [InlineData("cn-street-crops", PlateRegion.Cn, 0.95, 0.95, 0.08)]
    [InlineData("cn-scenes", PlateRegion.Cn, 0.93, 0.93, 0.1)]
    [InlineData("br-scenes", PlateRegion.Br, 0.96, 0.96, 0.1)]
    [InlineData("eu-scenes", PlateRegion.Eu, 0.96, 0.96, 0.45)]
    [InlineData("us-scenes", PlateRegion.Us, 0.82, 0.79, 0.6)]
    public void Real_plates_are_read_at_least_this_often(string folder, PlateRegion region, double least, double leastFirst, double mostExtra)
    {
        var path = SharedData.Require("plates", folder);
        var output = new StringWriter();
        var options = new PlateBatchOptions { Paths = [path], Region = region, Crops = folder.EndsWith("-crops", StringComparison.Ordinal) };

        var batch = new PlateBatch(options, TimeProvider.System, output, output);

        Assert.Equal(0, batch.Run(TestContext.Current.CancellationToken));
        var score = Assert.Single(batch.Scores);
        Assert.True(score.AmongRate >= least, $"{score.AmongRate:P1} of {folder} are right, at least {least:P1} were expected:\n{output}");
        Assert.True(score.FirstRate >= leastFirst, $"{score.FirstRate:P1} of {folder} are right at once, at least {leastFirst:P1} were expected:\n{output}");
        Assert.True(
            score.ExtraReadings <= mostExtra, $"{score.ExtraReadings:F2} extra readings a picture in {folder}, at most {mostExtra:F2} were expected:\n{output}");
    }
}
