using System.Text;
using BayEdge.Core.Configuration;
using BayEdge.Vision.Occupancy;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Occupancy;

public sealed class ZoneMemoryFileTests
{
    [Fact]
    public void A_memory_comes_back_as_it_was()
    {
        var memory = Known();

        var back = ZoneMemoryFile.Read(ZoneMemoryFile.Write(memory, Zones.Whole), Zones.Whole);

        Assert.Equal(memory.Empty.Select(appearance => appearance.ToBytes()), back.Empty.Select(appearance => appearance.ToBytes()));
        Assert.Equal((memory.Confirmed, memory.OfEmpty, memory.OfOccupied), (back.Confirmed, back.OfEmpty, back.OfOccupied));
        Assert.Equal(memory.WhenOccupied.Sums, back.WhenOccupied.Sums);
    }

    [Fact]
    public void Of_a_zone_that_was_drawn_anew_nothing_is_known()
    {
        var elsewhere = new ZoneConfiguration("bay-01", [new(0.1, 0), new(1, 0), new(1, 1)]);

        Assert.Empty(ZoneMemoryFile.Read(ZoneMemoryFile.Write(Known(), Zones.Whole), elsewhere).Empty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1}")]
    [InlineData("\0\0\0")]
    public void A_damaged_file_is_forgotten(string content) =>
        Assert.Empty(ZoneMemoryFile.Read(Encoding.UTF8.GetBytes(content), Zones.Whole).Empty);

    [Fact]
    public void A_file_that_was_cut_short_or_holds_other_lengths_is_forgotten()
    {
        var kept = Encoding.UTF8.GetString(ZoneMemoryFile.Write(Known(), Zones.Whole));

        Assert.Empty(ZoneMemoryFile.Read(Encoding.UTF8.GetBytes(kept[..^100]), Zones.Whole).Empty);
        Assert.Empty(ZoneMemoryFile.Read(Encoding.UTF8.GetBytes(kept.Replace("\"changesWhenEmpty\":[", "\"changesWhenEmpty\":[1,", StringComparison.Ordinal)), Zones.Whole).Empty);
    }

    [Fact]
    public void However_many_appearances_a_zone_has_only_so_many_are_kept()
    {
        var memory = new ZoneMemory();
        for (var look = 0; look < 3 * ZoneMemory.MostEmpty; look++)
            memory.LearnEmpty(Striped(2 + look), Zones.AllCells);

        Assert.Equal(ZoneMemory.MostEmpty, memory.Empty.Count);
    }

    private static ZoneMemory Known()
    {
        var memory = new ZoneMemory();
        memory.LearnEmpty(Striped(9), Zones.AllCells);
        memory.LearnOccupied(Striped(4), Zones.AllCells);
        memory.Confirm(Striped(9), Zones.AllCells);
        return memory;
    }

    private static ZoneAppearance Striped(int every)
    {
        const int Width = 192;
        const int Height = 128;
        using var picture = new Mat(Height, Width, MatType.CV_8UC3, Scalar.All(80));
        for (var x = 0; x < Width; x += 2 * every)
            Cv2.Line(picture, new Point(x, 0), new Point(x + (8 * every), Height), Scalar.All(220), every);
        return ZoneAppearance.Of(picture, new Rect(default, picture.Size()));
    }
}

internal static class Zones
{
    public static ZoneConfiguration Whole { get; } = new("bay-01", [new(0, 0), new(1, 0), new(1, 1), new(0, 1)]);

    public static bool[] AllCells => [.. Enumerable.Repeat(true, ZoneAppearance.Cells)];
}
