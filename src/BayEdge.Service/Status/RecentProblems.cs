using System.Globalization;
using BayEdge.Contracts.Commands;
using Serilog.Core;
using Serilog.Events;

namespace BayEdge.Service.Status;

/// <summary>Keeps the newest warnings and errors of the log in memory.</summary>
internal sealed class RecentProblems : ILogEventSink
{
    private const int MostKept = 50;
    private const int LongestText = 500;

    private readonly Lock _lock = new();
    private readonly Queue<LoggedProblem> _problems = new();

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Warning)
            return;
        var text = logEvent.RenderMessage(CultureInfo.InvariantCulture);
        // Of an exception the kind only: what a library says may hold an address with its password.
        if (logEvent.Exception is { } exception)
            text = $"{text} ({exception.GetType().Name})";
        var problem = new LoggedProblem(
            logEvent.Timestamp, logEvent.Level.ToString().ToLowerInvariant(), text.Length <= LongestText ? text : $"{text[..LongestText]}…");
        lock (_lock)
        {
            _problems.Enqueue(problem);
            if (_problems.Count > MostKept)
                _problems.Dequeue();
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LoggedProblem> List()
    {
        lock (_lock)
            return [.. _problems];
    }
}
