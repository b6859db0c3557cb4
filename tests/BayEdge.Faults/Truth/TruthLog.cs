using System.Text;
using BayEdge.Contracts.Events;

namespace BayEdge.Faults.Truth;

/// <summary>What the device writes down, on a disk that is never full, of what it is about to store and what it has stored.</summary>
/// <remarks>A line is one write, so that a killed process leaves whole lines only.</remarks>
internal sealed class TruthLog(string path) : IDisposable
{
    public const string OpenedWord = "opened";
    public const string AppendingWord = "appending";
    public const string AppendedWord = "appended";
    public const string DrainedWord = "drained";

    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    /// <param name="life">Which start of the device's process this is, from 1.</param>
    public void Opened(int epoch, long last, int life) => Write($"{OpenedWord} {epoch} {last} {life}");

    public void Appending(IEnumerable<TruthEvent> events) => Write($"{AppendingWord} {string.Join(' ', events.Select(one => one.Line))}");

    public void Appended(EventPosition last) => Write($"{AppendedWord} {last.Epoch} {last.Sequence}");

    /// <summary>Everything that was stored is confirmed.</summary>
    public void Drained(int epoch, long last) => Write($"{DrainedWord} {epoch} {last}");

    public void Dispose() => _file.Dispose();

    private void Write(string line) => _file.Write(Encoding.UTF8.GetBytes(line + '\n'));
}
