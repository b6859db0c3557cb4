namespace BayEdge.Core.Configuration;

/// <summary>Networks that take the place of those that come with the product; null where those are used.</summary>
public sealed record VisionConfiguration
{
    public LocatorConfiguration? Locator { get; init; }

    public PlateNetworkConfiguration? Reader { get; init; }
}

/// <summary>An ONNX network that finds plates in a picture: RGB, 0 to 1, planes of channels, the picture fitted into the input.</summary>
/// <param name="File">The full path.</param>
public sealed record LocatorConfiguration(string File)
{
    public const int DefaultInputSize = 640;
    public const int DefaultConfidencePercent = 40;

    /// <summary>The default value is <see cref="LocatorOutput.YoloV8"/>.</summary>
    public LocatorOutput Output { get; init; }

    /// <summary>Width and height of the input in pixels where the network leaves them open, 32 to 2,048. The default value is 640.</summary>
    public int InputSize { get; init; } = DefaultInputSize;

    /// <summary>What is less certain is no plate, in percent. The default value is 40.</summary>
    public int ConfidencePercent { get; init; } = DefaultConfidencePercent;
}

/// <summary>How a locator's output is laid out. Middle, width and height are in pixels of its input, as are corners.</summary>
public enum LocatorOutput
{
    /// <summary>1 x (4 + classes) x boxes: middle, width, height, then one certainty a class. Also of versions 9, 11 and later.</summary>
    YoloV8,

    /// <summary>1 x boxes x (5 + classes): middle, width, height, certainty of a box, then one a class. Also of version 7.</summary>
    YoloV5,

    /// <summary>1 x boxes x 6: left, top, right, bottom, certainty, class; without overlapping boxes, as of version 10.</summary>
    Boxes,
}

/// <summary>An ONNX network that reads one straightened plate.</summary>
/// <param name="File">The full path.</param>
/// <param name="Characters">What its columns stand for, in their order, without the one of nothing.</param>
public sealed record PlateNetworkConfiguration(string File, string Characters)
{
    /// <summary>The default value is <see cref="ReaderHead.Ctc"/>.</summary>
    public ReaderHead Head { get; init; }

    /// <summary>Whether the column of nothing (CTC blank, slot padding) stands before the characters or behind them. The default value is <see cref="BlankColumn.First"/>.</summary>
    public BlankColumn Blank { get; init; }

    /// <summary>The default value is <see cref="ChannelOrder.Rgb"/>; a network with one channel gets grey whatever stands here.</summary>
    public ChannelOrder Colours { get; init; }

    /// <summary>What black to white become; a network that takes bytes gets bytes whatever stands here. The default value is <see cref="ValueRange.Unit"/>.</summary>
    public ValueRange Range { get; init; }
}

public enum ReaderHead
{
    /// <summary>Steps from left to right, several of which make a character (connectionist temporal classification).</summary>
    Ctc,

    /// <summary>One step for each place of the plate.</summary>
    Slots,
}

public enum BlankColumn
{
    First,
    Last,
}

public enum ChannelOrder
{
    Rgb,
    Bgr,
}

public enum ValueRange
{
    /// <summary>0 to 1.</summary>
    Unit,

    /// <summary>-1 to 1.</summary>
    Signed,

    /// <summary>0 to 255.</summary>
    Bytes,
}
