using System.Text;
using BayEdge.Contracts.Events;

namespace BayEdge.PowerCut;

/// <summary>Notes on another disk what the load is about to do and what it was promised, a line each.</summary>
/// <remarks>A line is one write, so that a power cut finds whole lines only.</remarks>
internal sealed class PromiseLog(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Opened(int epoch, long last) => Write($"{Promise.Opened} {epoch} {last}");

    public void Appending(long append, long firstToken, int count) => Write($"{Promise.Appending} {append} {firstToken} {count}");

    public void Appended(long append, long last) => Write($"{Promise.Appended} {append} {last}");

    public void Published(IEnumerable<(EventPosition Position, long Token)> events) =>
        Write(string.Join('\n', events.Select(published => $"{Promise.Published} {published.Position.Sequence} {published.Token}")));

    public void ConfirmingUpTo(long sequence) => Write($"{Promise.ConfirmingUpTo} {sequence}");

    public void ConfirmedUpTo(long sequence) => Write($"{Promise.ConfirmedUpTo} {sequence}");

    public void Confirming(IEnumerable<EventPosition> positions) => Write($"{Promise.Confirming} {Numbers(positions)}");

    public void Confirmed(IEnumerable<EventPosition> positions) => Write($"{Promise.Confirmed} {Numbers(positions)}");

    public void SettingAside(long sequence) => Write($"{Promise.SettingAside} {sequence}");

    public void SetAside(long sequence) => Write($"{Promise.SetAside} {sequence}");

    public void Fault(string sentence) => Write($"{Promise.Fault} {sentence.ReplaceLineEndings(" ")}");

    public void Dispose() => _file.Dispose();

    private static string Numbers(IEnumerable<EventPosition> positions) =>
        string.Join(' ', positions.Select(position => position.Sequence));

    private void Write(string lines)
    {
        if (lines.Length == 0)
            return;
        lock (_gate)
            _file.Write(Encoding.UTF8.GetBytes(lines + '\n'));
    }
}

/// <summary>The first word of a line in the log.</summary>
internal enum Promise
{
    Opened,
    Appending,
    Appended,
    Published,
    ConfirmingUpTo,
    ConfirmedUpTo,
    Confirming,
    Confirmed,
    SettingAside,
    SetAside,
    Fault,
}
