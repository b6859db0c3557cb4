using System.Text.Json;
using BayEdge.Core.Configuration;
using BayEdge.TestKit;
using BayEdge.Vision.Plates;
using BayEdge.Vision.Plates.Batch;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates.Batch;

public sealed class PlateBatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_networks_are_named_and_the_exit_code_is_1()
    {
        var options = new PlateBatchOptions { Paths = [_folder.Path], Reader = new PlateReaderOptions { WeightsFolder = _folder.Path } };

        Assert.Equal(1, Run(options));
        Assert.Equal(
            $"The network file {_folder.File("ch_PP-OCRv4_det_infer.onnx")} is missing. It comes with BayEdge: install BayEdge again, or build it again where npm can fetch its packages.\n",
            _error.ToString());
    }

    [Fact]
    public void A_damaged_network_is_named_and_the_exit_code_is_1()
    {
        File.WriteAllText(_folder.File("ch_PP-OCRv4_det_infer.onnx"), "not a network");
        var options = new PlateBatchOptions { Paths = [_folder.Path], Reader = new PlateReaderOptions { WeightsFolder = _folder.Path } };

        Assert.Equal(1, Run(options));
        Assert.StartsWith($"The network {_folder.File("ch_PP-OCRv4_det_infer.onnx")} cannot be loaded;", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_picture_is_named_and_the_others_are_still_read()
    {
        var broken = _folder.File("a.jpg");
        File.WriteAllText(broken, "not a picture");
        var missing = _folder.File("b.jpg");
        var grey = WriteGreyPicture("c.png");

        Assert.Equal(1, Run(new PlateBatchOptions { Paths = [broken, missing, grey] }));
        Assert.StartsWith($"{broken} is not a picture that can be read;", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"There is no file or folder {missing}.", _error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"{grey}: no plate", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_video_is_named()
    {
        var broken = _folder.File("a.mp4");
        File.WriteAllText(broken, "not a video");

        Assert.Equal(1, Run(new PlateBatchOptions { Paths = [broken] }));
        Assert.StartsWith($"{broken} is not a video that can be read;", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_pictures_is_named()
    {
        Assert.Equal(1, Run(new PlateBatchOptions { Paths = [_folder.Path] }));
        Assert.StartsWith($"{_folder.Path} holds no picture or video", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file,text\na.png,X\n", "has no column plate")]
    [InlineData("file,plate\na.png\n", "line 2 has no proper value for plate")]
    [InlineData("file,plate,x,y,width,height\na.png,X,1,2,wide,4\n", "line 2 has no proper value for width")]
    [InlineData("file,plate\nother.png,X\n", "names other.png, which is not in the folder")]
    public void Wrong_labels_are_named_and_the_pictures_are_still_read(string labels, string complaint)
    {
        WriteGreyPicture("a.png");
        File.WriteAllText(_folder.File("labels.csv"), labels);

        Assert.Equal(1, Run(new PlateBatchOptions { Paths = [_folder.Path] }));
        Assert.Contains(complaint, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("a.png: no plate", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_video_gives_one_line_with_its_plates_merged()
    {
        var video = SharedData.Require("video", "plate-approach.mp4");

        Assert.Equal(0, Run(new PlateBatchOptions { Paths = [video], Region = PlateRegion.Eu, Json = true }));
        using var line = JsonDocument.Parse(_output.ToString());
        Assert.Equal(video, line.RootElement.GetProperty("file").GetString());
        Assert.Equal("LS15EBC", line.RootElement.GetProperty("plates")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void A_line_of_JSON_has_the_plate_its_confidence_and_its_corners()
    {
        var scene = SharedData.Require("plates", "cn-scenes", "scene-01.jpg");

        Assert.Equal(0, Run(new PlateBatchOptions { Paths = [scene], Json = true }));
        Assert.Contains("皖AYL375", _output.ToString(), StringComparison.Ordinal);
        using var line = JsonDocument.Parse(_output.ToString());
        var plate = line.RootElement.GetProperty("plates")[0];
        Assert.InRange(plate.GetProperty("confidence").GetDouble(), 0.4, 1);
        Assert.Equal(4, plate.GetProperty("quad").GetArrayLength());
        Assert.InRange(plate.GetProperty("quad")[0][0].GetDouble(), 211, 251);
        Assert.True(line.RootElement.GetProperty("ms").GetDouble() > 0);
    }

    private string WriteGreyPicture(string name)
    {
        using var picture = new Mat(120, 160, MatType.CV_8UC3, Scalar.Gray);
        Cv2.ImWrite(_folder.File(name), picture);
        return _folder.File(name);
    }

    private int Run(PlateBatchOptions options) =>
        new PlateBatch(options, TimeProvider.System, _output, _error).Run(TestContext.Current.CancellationToken);
}
