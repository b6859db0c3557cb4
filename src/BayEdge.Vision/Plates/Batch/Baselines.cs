using System.Collections.Immutable;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>What others reach on pictures of the same kinds, as it was measured: facts to hold our rates against, each with its conditions.</summary>
internal static class Baselines
{
    private const string Own = "whole number exact, single pictures";

    /// <param name="folder">By its name, such as <c>eu-scenes</c>; empty for others.</param>
    public static ImmutableArray<Baseline> Of(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) switch
    {
        "cn-crops" =>
        [
            new("PP-OCRv4 mobile, as it reads", "1.0 %", $"1,000 blue crops by ground-truth box; {Own}"),
            new("the same without dot and dash", "98.5 %", "the same crops"),
            new("the same, decoded along a Chinese template", "98.9 %", "the same crops"),
            new("CRNN of we0091234 (GPL)", "89.8 %", "the same crops"),
            new("the reading step of Frigate with that reader: right / wrong, of those at 0.9 and more", "92.9 / 1.7 %", "the same crops, its step rebuilt"),
        ],
        "cn-street-crops" =>
        [
            new("PP-OCRv4 mobile without dot and dash", "89.5 %", $"275 blue and yellow street crops by ground-truth box; {Own}"),
            new("the same, decoded along a Chinese template", "91.6 to 92.4 %", "the same crops, by margin and padding"),
            new("CRNN of we0091234 (GPL)", "93.8 %", "the same crops"),
            new("the reading step of Frigate with that reader: right / wrong, of those at 0.9 and more", "75.3 / 5.5 %", "the same crops, its step rebuilt"),
        ],
        "cn-scenes" =>
        [
            new("text locator, reader cut to plate characters, best of all texts", "15 of 16", "these scenes, end to end"),
            new("the same", "89 %", "141 other Chinese street scenes, end to end"),
        ],
        "br-scenes" =>
        [
            new("PP-OCRv4 mobile, decoded along a template", "97.4 %", "114 crops by ground-truth box: nothing had to be located; O=0, I=1"),
            new("text locator, reader cut to plate characters, best of all texts", "93 %", "scenes, end to end; O=0, I=1"),
        ],
        "eu-scenes" =>
        [
            new("PP-OCRv4 mobile, decoded along a template", "89.8 to 91.7 %", "108 crops by ground-truth box: nothing had to be located; O=0, I=1"),
            new("text locator, reader cut to plate characters, best of all texts", "75 %", "scenes, end to end; O=0, I=1"),
            new("the reading step of Frigate with that reader: right / wrong, of those at 0.9 and more", "71.3 / 26.9 %", "108 crops, its step rebuilt"),
        ],
        "us-scenes" =>
        [
            new("PP-OCRv4 mobile, decoded along a template", "61.7 %", "222 crops by ground-truth box: nothing had to be located; O=0, I=1"),
            new("text locator, reader cut to plate characters, best of all texts", "66 %", "scenes, end to end; O=0, I=1"),
        ],
        _ => [],
    };
}

/// <param name="Rate">As measured, such as <c>98.9 %</c>.</param>
/// <param name="Conditions">On what, and how it was counted.</param>
internal sealed record Baseline(string System, string Rate, string Conditions);
