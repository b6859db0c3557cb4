using System.Globalization;
using BayEdge.Storage;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Hosting;

public sealed class SecondServiceTests
{
    [Fact]
    public void Whoever_starts_a_second_service_in_a_data_folder_is_told_which_process_has_it_and_what_to_do()
    {
        using var folder = new TemporaryFolder();
        using var first = DataFolderLock.Take(folder.Path);

        var refusal = Assert.Throws<DataFolderInUseException>(() => RunningService.Build(folder, json: null));

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}"), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("stop that service first", refusal.Message, StringComparison.Ordinal);
    }
}
