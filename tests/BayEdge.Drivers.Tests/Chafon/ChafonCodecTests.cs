using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Tests.Chafon;

/// <summary>Against frames of real readers that others published.</summary>
public class ChafonCodecTests
{
    [Theory]
    [InlineData("1500010301010c3039606303c74380001a055940f93e", 1, "3039606303C74380001A0559", 0x40)]
    [InlineData("1500010301010c0000000000000000000003136bb1a5", 1, "000000000000000000000313", 0x6B)]
    [InlineData("1500010304010c49440000000000000a0003346425c0", 3, "49440000000000000A000334", 0x64)]
    [InlineData("0d000103010104003230386da3d2", 1, "00323038", 0x6D)]
    public void A_published_tag_of_a_UHFReader288_is_read(string published, int antenna, string epc, byte strength) =>
        Assert.Equal([new ChafonTag(antenna, epc, strength)], Tags(ChafonModel.UhfReader288, published, ChafonStatus.MoreFollows));

    [Fact]
    public void Several_tags_in_one_frame_are_read() => Assert.Equal(
        [new ChafonTag(1, "000000000000000000000313", 0x6B), new ChafonTag(1, "000000000000000000000314", 0x6C)],
        Tags(ChafonModel.UhfReader288, "2300010301020c0000000000000000000003136b0c0000000000000000000003146c70f2", ChafonStatus.MoreFollows));

    [Fact]
    public void An_empty_bay_is_an_answer_without_tags() =>
        Assert.Empty(Tags(ChafonModel.UhfReader288, "0700010101001e4b", ChafonStatus.InventoryComplete));

    [Theory]
    [InlineData("13000103010c0000000000000000000003133f39", "000000000000000000000313")]
    [InlineData("13000103010c49440000000000000a000334a5fb", "49440000000000000A000334")]
    public void A_published_tag_of_a_UHFReader18_is_read(string published, string epc) =>
        Assert.Equal([new ChafonTag(null, epc, null)], Tags(ChafonModel.UhfReader18, published, ChafonStatus.MoreFollows));

    [Fact]
    public void A_tag_of_the_other_model_is_not_misread()
    {
        Assert.False(ChafonTags.TryRead(ChafonModel.UhfReader18, Frame("1500010301010c0000000000000000000003136bb1a5").Data.Span, []));
        Assert.False(ChafonTags.TryRead(ChafonModel.UhfReader288, Frame("13000103010c0000000000000000000003133f39").Data.Span, []));
    }

    [Theory]
    [InlineData(ChafonCommand.Inventory, "04FF011BB4")]
    [InlineData(ChafonCommand.ReaderInformation, "04FF211995")]
    public void A_command_is_written_as_published(byte command, string published) =>
        Assert.Equal(published, Convert.ToHexString(ChafonCodec.Encode(command, [])));

    [Fact]
    public void Published_reader_information_is_read()
    {
        var frame = Frame("1100210000160c034e001e0a01000000e651");

        Assert.Equal((ChafonCommand.ReaderInformation, ChafonStatus.Success), (frame.Command, frame.Status));
        Assert.Equal(new ChafonInformation("0.22", 12, 0b0100, 30, TimeSpan.FromSeconds(1)), ChafonInformation.Read(frame.Data.Span));
        Assert.Equal([0x4E, 0x00], ChafonBand.Named("eu").Parameters);
        Assert.Equal(
            new ChafonInformation("2.1", 0x62, 0b0010, 33, TimeSpan.Zero),
            ChafonInformation.Read(Frame("11002100020162023180210001010000cde0").Data.Span));
        Assert.Equal([0x31, 0x80], ChafonBand.Named("us").Parameters);
    }

    [Fact]
    public void Each_band_is_recognised_when_it_is_read_back() => Assert.All(
        ChafonBand.All, band => Assert.Equal(band.Code, ChafonBand.CodeOf(band.Parameters[0], band.Parameters[1])));

    [Theory]
    [InlineData("1500010301010c0000000000000000000003136bb1a6")]
    [InlineData("1500010301010c00000000000000000000")]
    [InlineData("ffffffffffff")]
    public void What_is_no_frame_is_skipped_and_counted(string bytes)
    {
        var buffer = new FrameBuffer(ChafonCodec.LongestFrame, ChafonCodec.Match);
        buffer.Append(Convert.FromHexString(bytes));

        Assert.False(buffer.TryTake(out _, atRest: true));
        Assert.Equal(bytes.Length / 2, buffer.SkippedBytes);
    }

    private static List<ChafonTag> Tags(ChafonModel model, string published, byte status)
    {
        var frame = Frame(published);
        List<ChafonTag> tags = [];
        Assert.Equal((ChafonCommand.Inventory, status), (frame.Command, frame.Status));
        Assert.True(ChafonTags.TryRead(model, frame.Data.Span, tags));
        return tags;
    }

    private static ChafonFrame Frame(string published)
    {
        var buffer = new FrameBuffer(ChafonCodec.LongestFrame, ChafonCodec.Match);
        buffer.Append(Convert.FromHexString(published));
        Assert.True(buffer.TryTake(out var frame));
        return ChafonCodec.Decode(frame);
    }
}
