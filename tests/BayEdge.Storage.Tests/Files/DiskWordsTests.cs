using BayEdge.Storage.Files;

namespace BayEdge.Storage.Tests.Files;

public sealed class DiskWordsTests
{
    [Theory]
    [InlineData(28, "the disk is full.")]
    [InlineData(30, "the disk may only be read, as a worn memory card is.")]
    [InlineData(2, "the system says 'Too many levels of symbolic links : '/data''.")]
    public void What_the_system_says_of_a_disk_is_said_in_words_or_quoted(int code, string says) =>
        Assert.Equal(says, DiskWords.Of(new IOException("Too many levels of symbolic links : '/data'.", code)).Text);
}
