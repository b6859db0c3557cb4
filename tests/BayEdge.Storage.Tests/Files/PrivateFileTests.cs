using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;

namespace BayEdge.Storage.Tests.Files;

public sealed class PrivateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("private-file-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_cannot_be_written_leaves_nothing_half_done_behind()
    {
        var path = Path.Combine(_folder, "kept.json");
        Directory.CreateDirectory(path);

        Assert.Throws<StorageFaultException>(() => PrivateFile.Write(path, [1, 2, 3]));

        Assert.Empty(Directory.GetFiles(_folder));
    }
}
