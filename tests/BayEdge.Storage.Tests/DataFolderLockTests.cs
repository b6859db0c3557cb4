using BayEdge.Core.Delivery;
using BayEdge.TestKit;

namespace BayEdge.Storage.Tests;

public sealed class DataFolderLockTests
{
    [Fact]
    public void A_second_service_on_the_same_folder_is_refused_until_the_first_ends()
    {
        using var folder = new TemporaryFolder();
        using (DataFolderLock.Take(folder.Path))
        {
            var refusal = Assert.Throws<DataFolderInUseException>(() => DataFolderLock.Take(folder.Path));
            Assert.Equal(Environment.ProcessId, refusal.ProcessId);
            Assert.Equal(
                $"The data folder '{folder.Path}' is already used by process {Environment.ProcessId}; stop that service first, or give "
                + "this one a data folder of its own.",
                refusal.Message);
        }

        using var again = DataFolderLock.Take(folder.Path);
    }

    [Fact]
    public void The_files_that_a_killed_service_left_behind_does_not_block_the_next_one()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("bayedge.lock"), "");
        File.WriteAllText(folder.File("bayedge.pid"), "1");

        using var taken = DataFolderLock.Take(folder.Path);
    }

    [Fact]
    public void A_folder_that_is_missing_is_made()
    {
        using var folder = new TemporaryFolder();
        var inner = Path.Combine(folder.Path, "a", "b");

        using var taken = DataFolderLock.Take(inner);

        Assert.True(Directory.Exists(inner));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "a file, not a folder");
        var inner = Path.Combine(folder.Path, "a", "b");

        var fault = Assert.Throws<StorageFaultException>(() => DataFolderLock.Take(inner));

        Assert.Contains($"Expected a data folder at '{inner}'", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Choose another folder, or give it to this user.", fault.Message, StringComparison.Ordinal);
    }
}
