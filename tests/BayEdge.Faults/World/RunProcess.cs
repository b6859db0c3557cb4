using BayEdge.TestKit;

namespace BayEdge.Faults.World;

/// <summary>A part of a run as a process of its own: killed, frozen, stopped and started again; keeps what all its lives printed.</summary>
internal sealed class RunProcess(Func<int, ToolProcess> start) : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private ToolProcess? _process;
    private string _earlier = "";

    public int Starts { get; private set; }

    public string Output => $"{_earlier}{_process?.Output}";

    /// <summary>Why it ended by itself; null while it runs or was ended.</summary>
    public string? Crash => _process is { HasExited: true } ? $"A process ended by itself:\n{_process.Output}" : null;

    public void Start() => _process = start(++Starts);

    /// <summary>Waits until it prints a line that holds a text.</summary>
    public Task WaitForAsync(string text, CancellationToken cancellationToken) =>
        _process!.WaitForLineAsync(line => line.Contains(text, StringComparison.Ordinal), cancellationToken);

    public async Task KillAsync()
    {
        if (_process is null)
            return;
        await _process.DisposeAsync();
        Forget();
    }

    /// <summary>Stops it as systemd does, by force after a while.</summary>
    /// <returns>What is wrong with how it ended; null when nothing is.</returns>
    public async Task<string?> StopAsync()
    {
        if (_process is null)
            return null;
        _process.Signal("TERM");
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            var exitCode = await _process.WaitForExitAsync(limit.Token);
            return exitCode == 0 ? null : $"A process that was told to stop ended with {exitCode}:\n{_process.Output}";
        }
        catch (OperationCanceledException)
        {
            return $"A process that was told to stop still ran after {StopLimit.TotalSeconds} s.";
        }
        finally
        {
            await KillAsync();
        }
    }

    public void Freeze() => _process?.Signal("STOP");

    public void Thaw() => _process?.Signal("CONT");

    public async ValueTask DisposeAsync() => await KillAsync();

    private void Forget()
    {
        _earlier = Output;
        _process = null;
    }
}
