namespace BayEdge.Core.Configuration;

/// <summary>Reads which networks locate and read plates. Whether they fit is seen when they are loaded.</summary>
internal static class VisionSection
{
    private const string Example = "/etc/bayedge/plates.onnx";

    public static VisionConfiguration Read(ConfigurationNode root)
    {
        if (root.Object("vision") is not { } node)
            return new VisionConfiguration();
        var locator = node.Object("locator") is { } locating ? ReadLocator(locating) : null;
        var reader = node.Object("reader") is { } reading ? ReadReader(reading) : null;
        node.ReportUnknownKeys();
        return new VisionConfiguration { Locator = locator, Reader = reader };
    }

    private static LocatorConfiguration? ReadLocator(ConfigurationNode node)
    {
        var file = ReadFile(node);
        var output = node.Choice("output", LocatorOutput.YoloV8);
        var size = node.IntegerOr("inputSize", LocatorConfiguration.DefaultInputSize, 32, 2048);
        var confidence = node.IntegerOr("confidencePercent", LocatorConfiguration.DefaultConfidencePercent, 1, 99);
        node.ReportUnknownKeys();
        if (file is null || output is null || size is null || confidence is null)
            return null;
        return new LocatorConfiguration(file) { Output = output.Value, InputSize = size.Value, ConfidencePercent = confidence.Value };
    }

    private static PlateNetworkConfiguration? ReadReader(ConfigurationNode node)
    {
        var file = ReadFile(node);
        var characters = node.Text("characters");
        var head = node.Choice("head", ReaderHead.Ctc);
        var blank = node.Choice("blank", BlankColumn.First);
        var colours = node.Choice("colours", ChannelOrder.Rgb);
        var range = node.Choice("range", ValueRange.Unit);
        if (characters is not null && characters.Distinct().Count() != characters.Length)
            node.Report("characters", "expected each character once, in the order of the network's columns, but one stands twice");
        node.ReportUnknownKeys();
        if (file is null || characters is null || head is null || blank is null || colours is null || range is null)
            return null;
        return new PlateNetworkConfiguration(file, characters) { Head = head.Value, Blank = blank.Value, Colours = colours.Value, Range = range.Value };
    }

    private static string? ReadFile(ConfigurationNode node)
    {
        if (node.Text("file") is not { } file)
            return null;
        if (Path.IsPathFullyQualified(file))
            return file;
        node.Report("file", $"expected the full path of an ONNX network such as {Example}, but found '{file}'");
        return null;
    }
}
