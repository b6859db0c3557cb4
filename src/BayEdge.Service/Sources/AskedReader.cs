using System.Collections.Immutable;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Sources;

/// <summary>How a reader is at this moment. What it cannot tell at all is null.</summary>
/// <param name="Can">As <see cref="AskedReader.AbilitiesOf"/>.</param>
internal sealed record ReaderView(
    string Id,
    IReadOnlyList<string> Can,
    ReaderPart<TransmitPower>? Power,
    ReaderPart<RadioRegion>? Region,
    ReaderPart<IReadOnlyList<AntennaPort>>? Antennas,
    ReaderPart<IReadOnlyList<DigitalInput>>? Inputs,
    ReaderPart<IReadOnlyList<DigitalOutput>>? Outputs);

/// <summary>What a reader told, or why it did not.</summary>
internal sealed record ReaderPart<T>(T? Value, Phrase? Says)
    where T : class;

/// <summary>A reader that is asked for what it can do beside reporting tags, all within one time limit.</summary>
internal sealed class AskedReader(string id, ISource source, TimeProvider time) : IDisposable
{
    /// <summary>The slowest, a module that reads the memory of a tag through each antenna in turn, needs half of it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly (string Name, Func<ISource, bool> IsOf)[] Abilities =
    [
        ("power", source => source.Find<ITransmitPower>() is not null),
        ("region", source => source.Find<IRadioRegion>() is not null),
        ("antennas", source => source.Find<IAntennaPorts>() is not null),
        ("ports", source => source.Find<IDigitalPorts>() is not null),
        ("memory", source => source.Find<ITagMemory>() is not null),
    ];

    private readonly CancellationTokenSource _limit = new(Limit, time);

    /// <summary>What a reader can: <c>power</c>, <c>region</c>, <c>antennas</c>, <c>ports</c> (inputs and outputs), <c>memory</c> (of tags).</summary>
    public static ImmutableArray<string> AbilitiesOf(ISource source) => [.. Abilities.Where(ability => ability.IsOf(source)).Select(ability => ability.Name)];

    public async Task<ReaderView> LookAsync(CancellationToken cancellationToken) => new(
        id,
        AbilitiesOf(source),
        await AskAsync<ITransmitPower, TransmitPower>((power, token) => power.GetPowerAsync(token), cancellationToken),
        await AskAsync<IRadioRegion, RadioRegion>((radio, token) => radio.GetRegionAsync(token), cancellationToken),
        await AskAsync<IAntennaPorts, IReadOnlyList<AntennaPort>>(async (antennas, token) => await antennas.GetAntennasAsync(token), cancellationToken),
        await AskAsync<IDigitalPorts, IReadOnlyList<DigitalInput>>(async (ports, token) => await ports.GetInputsAsync(token), cancellationToken),
        await AskAsync<IDigitalPorts, IReadOnlyList<DigitalOutput>>(async (ports, token) => await ports.GetOutputsAsync(token), cancellationToken));

    /// <summary>Switches an output and asks how all of them are then.</summary>
    /// <returns>Null when the reader has none.</returns>
    public Task<ReaderPart<IReadOnlyList<DigitalOutput>>?> SwitchAsync(int output, bool on, CancellationToken cancellationToken) => AskAsync<IDigitalPorts, IReadOnlyList<DigitalOutput>>(
        async (ports, token) =>
        {
            await ports.SetOutputAsync(output, on, token);
            return await ports.GetOutputsAsync(token);
        },
        cancellationToken);

    /// <returns>The words in hex; null when the reader reads no memory.</returns>
    public Task<ReaderPart<string>?> ReadMemoryAsync(string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken) =>
        AskAsync<ITagMemory, string>((memory, token) => memory.ReadMemoryAsync(tag, bank, firstWord, words, token), cancellationToken);

    public void Dispose() => _limit.Dispose();

    private async Task<ReaderPart<T>?> AskAsync<TAbility, T>(Func<TAbility, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where TAbility : class
        where T : class
    {
        if (source.Find<TAbility>() is not { } ability)
            return null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellationToken);
        try
        {
            return new ReaderPart<T>(await ask(ability, either.Token), null);
        }
        catch (DeviceFaultException fault)
        {
            return new ReaderPart<T>(null, fault.Says);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReaderPart<T>(null, PageTexts.ReaderSlow.With(("reader", id), ("limit", Limit)));
        }
    }
}
