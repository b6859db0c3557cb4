namespace BayEdge.Simulator.Readers.Selectable;

/// <summary>A simulated reader that a configuration may take the place of a real one with.</summary>
/// <param name="Settings">What its driver must be told to find it, by the key of the setting; null takes a setting away.</param>
/// <param name="Report">Reads a tag: antenna, hex, dBm, when.</param>
/// <param name="Device">The devices behind it, to be switched off in this order.</param>
public sealed record SelectableReader(
    IReadOnlyDictionary<string, string?> Settings, Func<int, string, double, DateTimeOffset, Task> Report, IReadOnlyList<IAsyncDisposable> Device) : IAsyncDisposable
{
    /// <summary>Says that it lives, as one does that speaks only when it sees something; nothing for any other.</summary>
    public Func<Task> Beat { get; init; } = () => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var device in Device)
            await device.DisposeAsync();
    }
}
