namespace BayEdge.Simulator.Readers;

/// <summary>What kind of reader to play.</summary>
public sealed record SimulatedReaderOptions
{
    /// <summary>The TCP port on 127.0.0.1. The default value is 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether it speaks LLRP 1.1 where its client asks for it. The default value is true; else it knows 1.0.1 only.</summary>
    public bool SpeaksVersion11 { get; init; } = true;

    /// <summary>The default value is 4.</summary>
    public int AntennaPorts { get; init; } = 4;

    /// <summary>How far the reader's clock is ahead of the real time. The default value is zero.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>How far the reads that one report sums lie apart where nothing else is said. The default value is 10 ms.</summary>
    public TimeSpan ReadSpacing { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Whether reports leave out what has not changed, as LLRP 1.1, section 14.2.3 allows. The default value is false.</summary>
    public bool OmitsRepeatedFields { get; init; }

    /// <summary>Whether it goes on reading without a client and sends what it kept to the next one. The default value is false.</summary>
    public bool KeepsReports { get; init; }

    /// <summary>IANA private enterprise number; the default value is one that is reserved for examples.</summary>
    public uint Manufacturer { get; init; } = 32473;

    /// <summary>The default value is 1.</summary>
    public uint Model { get; init; } = 1;

    /// <summary>The default value is 1.0.0.</summary>
    public string Firmware { get; init; } = "1.0.0";

    /// <summary>Where it sends, in kHz. The default values are sixteen channels of the Chinese band.</summary>
    public IReadOnlyList<int> Carriers { get; init; } = [.. Enumerable.Range(0, 16).Select(n => 920_625 + (250 * n))];

    /// <summary>Of its 21 power levels (10 to 30 dBm) the strongest that it uses, whatever it is told. The default value is 21.</summary>
    public int StrongestLevel { get; init; } = ReaderAnswers.PowerLevels;

    /// <summary>The inputs that show a high level. The default value is none.</summary>
    public IReadOnlySet<int> HighInputs { get; init; } = new HashSet<int>();

    /// <summary>Whether it dates what it reads, as far as its client asks for that. The default value is true.</summary>
    public bool TellsTimes { get; init; } = true;

    /// <summary>Whether it tells how its outputs are set. The default value is true.</summary>
    public bool TellsOutputs { get; init; } = true;
}
