namespace BayEdge.Simulator.Readers.Serial;

/// <summary>A ThingMagic module, which reads what it is told to read and says so every second.</summary>
/// <remarks>
/// Independent of the driver's codec on purpose: two sides that share their code would also share, and so hide, a mistake.
/// Numbers are those of the MercuryAPI (serial_reader_imp.h) and of frames that others recorded.
/// </remarks>
public sealed class SimulatedMercury : SimulatedSerialModule
{
    private const int Success = 0, UnknownValue = 0x105, UnknownCommand = 0x101, NoSuchRegion = 0x10B, NoTag = 0x400, MemoryOverrun = 0x423;
    private const int Lines = 4;

    private static readonly TimeSpan Cycle = TimeSpan.FromSeconds(1);

    private readonly SimulatedMercuryOptions _options;
    private readonly TimeProvider _time;
    private readonly HashSet<byte> _refused = [];
    private readonly TagMemories _memories = new();
    private readonly Dictionary<string, int> _stands = [];
    private readonly HashSet<int> _high = [];
    private readonly Dictionary<int, int> _troubled = [];
    private ITimer? _cycles;
    private long _cycleStart;
    private byte[] _antennas = [];
    private int _single;
    private byte _region;
    private int _power, _session = 2, _target = 0x0100, _starts;
    private bool _inBootLoader, _readFilter = true;

    private SimulatedMercury(SimulatedMercuryOptions options, TimeProvider time)
        : base(time)
    {
        (_options, _time) = (options, time);
        (_region, _power, _inBootLoader) = (options.Region, options.PowerCentiDbm, options.WaitsInBootLoader);
    }

    public bool IsReading => Locked(() => _cycles is not null);

    /// <summary>How often it was told to read.</summary>
    public int Starts => Locked(() => _starts);

    public byte Region => Locked(() => _region);

    public int PowerCentiDbm => Locked(() => _power);

    /// <summary>Whether a tag that stays is reported again and again: session S0 or S1, both targets, no filter.</summary>
    public bool RepeatsTags => Locked(() => _session < 2 && _target < 0x100 && !_readFilter);

    /// <summary>Whether an output shows a high level.</summary>
    public bool IsHigh(int line) => Locked(() => _high.Contains(line));

    public static SimulatedMercury Start(SimulatedMercuryOptions options, TimeProvider time)
    {
        var module = new SimulatedMercury(options, time);
        module.Begin();
        return module;
    }

    /// <summary>Reads a tag.</summary>
    /// <param name="delay">How long ago that was.</param>
    /// <returns>Whether the host gets to know: false while it has not told the module to read through this antenna.</returns>
    public bool Report(string epc, int rssiDbm, int antenna = 1, TimeSpan delay = default)
    {
        lock (Sync)
        {
            if (_cycles is null || !_antennas.Contains((byte)antenna))
                return false;

            var id = Convert.FromHexString(epc);
            var passed = (int)(_time.GetElapsedTime(_cycleStart) - delay).TotalMilliseconds;
            byte[] sent = [(byte)(id.Length / 2 << 3), 0, .. id, 0x12, 0x34];
            Answer(
                0x22,
                Success,
                [
                    0x10, 0x00, 0x1B, 0x01, 0xFF, 0x01, 1, (byte)(sbyte)rssiDbm, (byte)(antenna << 4 | antenna), 0x0E, 0x16, 0x40, .. Big(passed, 4),
                    0, 0, 5, 0, 0, 0x0F, .. Big(sent.Length * 8, 2), .. sent,
                ]);
            return true;
        }
    }

    /// <summary>Puts a tag before an antenna that gives a bank of its memory when asked for.</summary>
    public void Hold(string epc, int antenna, int bank, string hex)
    {
        lock (Sync)
        {
            _stands[epc] = antenna;
            _memories.Hold(epc, bank, hex);
        }
    }

    /// <summary>Says this of each memory that is read through an antenna from now on.</summary>
    /// <param name="status">Such as 0x0404 for a tag that answered too weakly.</param>
    public void Trouble(int antenna, int status)
    {
        lock (Sync)
            _troubled[antenna] = status;
    }

    /// <summary>Says what an ended cycle came to; keep-alives come by themselves.</summary>
    /// <param name="status">Such as 0x0504 for too hot.</param>
    public void EndCycle(int status) => Answer(0x22, status, []);

    /// <summary>Reads no longer without being told so, as after a brown-out.</summary>
    public void Forget()
    {
        lock (Sync)
            StopReading();
    }

    /// <summary>Does not know this command from now on.</summary>
    public void Refuse(byte command)
    {
        lock (Sync)
            _refused.Add(command);
    }

    protected override void Receive(List<byte> pending)
    {
        while (pending.IndexOf(0xFF) is var start and >= 0)
        {
            pending.RemoveRange(0, start);
            if (pending.Count < 5 || pending.Count < pending[1] + 5)
                return;
            var frame = pending.Take(pending[1] + 5).ToArray();
            if (Crc(frame[1..^2]) != (frame[^2] << 8 | frame[^1]))
            {
                pending.RemoveAt(0);
                continue;
            }

            pending.RemoveRange(0, frame.Length);
            Obey(frame[2], frame[3..^2]);
        }

        pending.Clear();
    }

    /// <summary>Bit by bit, each shifted in from below.</summary>
    private static int Crc(byte[] bytes)
    {
        var register = 0xFFFF;
        foreach (var bit in bytes.SelectMany(value => Enumerable.Range(0, 8).Select(index => value >> (7 - index) & 1)))
            register = ((register << 1) & 0xFFFF | bit) ^ ((register & 0x8000) != 0 ? 0x1021 : 0);
        return register;
    }

    private static byte[] Big(int value, int bytes) => [.. Enumerable.Range(1, bytes).Select(index => (byte)(value >> (8 * (bytes - index))))];

    private T Locked<T>(Func<T> read)
    {
        lock (Sync)
            return read();
    }

    private void Obey(byte command, byte[] data)
    {
        if (_refused.Contains(command) || (_inBootLoader && command > 0x0C))
        {
            Answer(command, UnknownCommand, []);
            return;
        }

        switch (command)
        {
            case 0x03:
                Answer(command, Success, [1, 1, 1, 1, _options.Hardware, 0, 0, 1, 0x20, 0x22, 1, 1, .. _options.Firmware, 0, 0, 0, 0x10]);
                break;
            case 0x04:
                _inBootLoader = false;
                Answer(command, Success, []);
                break;
            case 0x0C:
                Answer(command, Success, [(byte)(_inBootLoader ? 0x11 : 0x12)]);
                break;
            case 0x28 when _cycles is null && data is [_, _, 0x11, 0, 0, var bank, 0, 0, _, _, var words, 0, 0, 0, 0, var bits, ..] && data.Length == 16 + (bits / 8):
                GiveMemory(Convert.ToHexString(data[16..]), bank, data[8] << 8 | data[9], words);
                break;
            case 0x2F when data is [_, _, 2]:
                StopReading();
                Answer(command, Success, [2]);
                break;
            case 0x2F when _region != 0 && data.Length == 16 && data[2] == 1:
                Answer(command, Success, []);
                StopReading();
                _starts++;
                _cycleStart = _time.GetTimestamp();
                _cycles = _time.CreateTimer(_ => NextCycle(), null, Cycle, Cycle);
                break;
            case 0x61 when data is [5]:
                Answer(command, Success, [5, .. _options.Antennas.SelectMany(port => new[] { (byte)port, (byte)(_options.Unplugged.Contains(port) ? 0 : 1) })]);
                break;
            case 0x62 when data is [1]:
                Answer(command, Success, [1, .. Big(_power, 2), .. Big(_options.MostPowerCentiDbm, 2), .. Big(_options.LeastPowerCentiDbm, 2)]);
                break;
            case 0x66 when data is [1]:
                Answer(command, Success, [1, .. Enumerable.Range(1, Lines).SelectMany(line => new[] { (byte)line, (byte)(IsOutput(line) ? 1 : 0), (byte)(ShowsHigh(line) ? 1 : 0) })]);
                break;
            case 0x67:
                Answer(command, Success, [_region]);
                break;
            case 0x72:
                Answer(command, Success, [41]);
                break;
            default:
                Set(command, data);
                break;
        }
    }

    private void Set(byte command, byte[] data)
    {
        switch (command)
        {
            case 0x91 when data.Length == 2 && data[0] == data[1] && _options.Antennas.Contains(data[0]):
                _single = data[0];
                break;
            case 0x96 when data is [var line, 0 or 1] && IsOutput(line):
                if (data[1] == 1)
                    _high.Add(line);
                else
                    _high.Remove(line);
                break;
            case 0x91 when data.Length > 2 && data[0] == 2 && data.Skip(1).All(port => _options.Antennas.Contains(port)):
                _antennas = data[1..];
                break;
            case 0x92 when data.Length == 2:
                _power = data[0] << 8 | data[1];
                _power -= _power % _options.PowerStepCentiDbm;
                break;
            case 0x93 when data is [0, 5]:
                break;
            case 0x97 when data.Length == 1 && !_options.PossibleRegions.Contains(data[0]):
                Answer(command, NoSuchRegion, []);
                return;
            case 0x97 when data.Length == 1:
                _region = data[0];
                break;
            case 0x9A when data is [1, 0x0C, _]:
                _readFilter = data[2] != 0;
                break;
            case 0x9B when data is [5, 0, _]:
                _session = data[2];
                break;
            case 0x9B when data is [5, 1, _, _]:
                _target = data[2] << 8 | data[3];
                break;
            default:
                Answer(command, UnknownValue, []);
                return;
        }

        Answer(command, Success, []);
    }

    private bool IsOutput(int line) => _options.OutputLines.Contains(line);

    private bool ShowsHigh(int line) => IsOutput(line) ? _high.Contains(line) : _options.HighInputs.Contains(line);

    private void GiveMemory(string epc, int bank, int firstWord, int words)
    {
        if (_troubled.TryGetValue(_single, out var trouble))
            Answer(0x28, trouble, []);
        else if (!_stands.TryGetValue(epc, out var antenna) || antenna != _single)
            Answer(0x28, NoTag, []);
        else if (_memories.Read(epc, bank, firstWord, words) is { } memory)
            Answer(0x28, Success, [0x11, 0, 0, .. memory]);
        else
            Answer(0x28, MemoryOverrun, []);
    }

    private void NextCycle()
    {
        lock (Sync)
        {
            if (_cycles is null)
                return;
            _cycleStart = _time.GetTimestamp();
            EndCycle(NoTag);
        }
    }

    private void StopReading()
    {
        _cycles?.Dispose();
        _cycles = null;
    }

    private void Answer(byte command, int status, byte[] data)
    {
        byte[] covered = [(byte)data.Length, command, .. Big(status, 2), .. data];
        Send([0xFF, .. covered, .. Big(Crc(covered), 2)]);
    }
}
