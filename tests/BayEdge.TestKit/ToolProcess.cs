using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace BayEdge.TestKit;

/// <summary>A real program started by a test: killed with its children when disposed, its output kept for the failure text.</summary>
public sealed class ToolProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private ToolProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Everything printed so far, standard output and error mixed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts a program found on the PATH.</summary>
    public static ToolProcess Start(string program, params string[] arguments) => Start(program, arguments, null);

    public static ToolProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var tool = new ToolProcess(new Process { StartInfo = start });
        tool._process.OutputDataReceived += tool.Keep;
        tool._process.ErrorDataReceived += tool.Keep;
        tool._process.Start();
        tool._process.BeginOutputReadLine();
        tool._process.BeginErrorReadLine();
        return tool;
    }

    /// <summary>Runs a program to its end and returns its exit code and standard output.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await using var tool = Start(program, arguments, null);
        var exitCode = await tool.WaitForExitAsync(cancellationToken);
        return (exitCode, tool.Output);
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>The next printed line that satisfies the condition; fails with all output when the program ends first.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> condition, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
            {
                if (condition(line))
                    return line;
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"The line did not come. Output so far:\n{Output}", exception);
        }

        throw new InvalidOperationException($"The program ended first. Its output:\n{Output}");
    }

    /// <summary>Sends a signal by its name, such as <c>STOP</c>, <c>CONT</c>, <c>TERM</c> or <c>KILL</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs received)
    {
        if (received.Data is null)
        {
            // Both streams end with a null; the process has exited once the second one came.
            if (_process.HasExited)
                _lines.Writer.TryComplete();
            return;
        }

        lock (_output)
            _output.AppendLine(received.Data);
        _lines.Writer.TryWrite(received.Data);
    }
}
