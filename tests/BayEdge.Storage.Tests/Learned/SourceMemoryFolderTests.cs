using System.Text;
using BayEdge.Storage.Learned;

namespace BayEdge.Storage.Tests.Learned;

public sealed class SourceMemoryFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("learned-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_kept_is_recalled_and_nobody_else_may_read_it()
    {
        var memory = new SourceMemoryFolder(_folder);
        memory.Keep("cam-1.json", Encoding.UTF8.GetBytes("first"));
        memory.Keep("cam-1.json", Encoding.UTF8.GetBytes("second"));

        Assert.Equal("second", Encoding.UTF8.GetString(new SourceMemoryFolder(_folder).Recall("cam-1.json")!));
        var file = Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        Assert.True(OperatingSystem.IsLinux() && File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void What_was_never_kept_is_nothing() => Assert.Null(new SourceMemoryFolder(_folder).Recall("cam-1.json"));

    [Theory]
    [InlineData("")]
    [InlineData("../journal.db")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    public void A_name_that_leads_elsewhere_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new SourceMemoryFolder(_folder).Keep(name, new byte[1]));

    [Fact]
    public void A_folder_that_cannot_be_written_stops_no_source()
    {
        File.WriteAllText(Path.Combine(_folder, "learned"), "in the way");

        new SourceMemoryFolder(_folder).Keep("cam-1.json", new byte[1]);

        Assert.Null(new SourceMemoryFolder(_folder).Recall("cam-1.json"));
    }
}
