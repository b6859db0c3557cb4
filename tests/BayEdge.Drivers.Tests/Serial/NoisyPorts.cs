using BayEdge.Drivers.Serial;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Drivers.Tests.Serial;

/// <summary>A port on which damaged and good frames come at random, until the time given to it is over.</summary>
internal sealed class NoisyPorts(IReadOnlyList<byte[]> frames, Random random, FakeTimeProvider time, CancellationTokenSource over) : ISerialPorts, ISerialLine
{
    private const int MostReads = 200;

    private int _reads;

    public ISerialLine Open(string path, int baudRate) => this;

    public ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (++_reads > MostReads)
            over.Cancel();
        cancellationToken.ThrowIfCancellationRequested();

        var silent = random.Next(8) == 0;
        time.Advance(silent ? patience : TimeSpan.FromMilliseconds(10));
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(silent ? ReadOnlyMemory<byte>.Empty : Damage.Some(frames, random));
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void Dispose()
    {
    }
}
