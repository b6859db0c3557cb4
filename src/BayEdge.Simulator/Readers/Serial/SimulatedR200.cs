using System.Text;

namespace BayEdge.Simulator.Readers.Serial;

/// <summary>A module of the R200 and M100 family, which reads what it is told to read.</summary>
/// <remarks>
/// Independent of the driver's codec on purpose: two sides that share their code would also share, and so hide, a mistake.
/// Numbers are those of the Unit RFID-UHF protocol for M100/QM100.
/// </remarks>
public sealed class SimulatedR200 : SimulatedSerialModule
{
    private const int Answer = 1, Notice = 2;
    private const int NoTag = 0x15, NotRead = 0x09, UnknownCommand = 0x17, ChannelsBusy = 0x20, MemoryOverrun = 0xA3;

    private readonly SimulatedR200Options _options;
    private readonly byte _first, _last;
    private readonly HashSet<int> _refused = [];
    private readonly TagMemories _memories = new();
    private string _selected = "";
    private int _selectMode = 1;
    private int _rounds, _starts;
    private byte _region;
    private int _power, _query;

    private SimulatedR200(SimulatedR200Options options, TimeProvider time)
        : base(time)
    {
        _options = options;
        (_first, _last) = options.FramesBetweenAaAndDd ? ((byte)0xAA, (byte)0xDD) : ((byte)0xBB, (byte)0x7E);
        (_region, _power, _query) = (options.Region, options.PowerCentiDbm, options.Query);
    }

    /// <summary>Whether it was told to read and has rounds left.</summary>
    public bool IsReading => Locked(() => _rounds > 0);

    /// <summary>How often it was told to read.</summary>
    public int Starts => Locked(() => _starts);

    public byte Region => Locked(() => _region);

    public int PowerCentiDbm => Locked(() => _power);

    public int Query => Locked(() => _query);

    public static SimulatedR200 Start(SimulatedR200Options options, TimeProvider time)
    {
        var module = new SimulatedR200(options, time);
        module.Begin();
        return module;
    }

    /// <summary>Reads a tag in one round.</summary>
    /// <returns>Whether the host gets to know: false while it has not told the module to read.</returns>
    public bool Report(string epc, int rssiDbm) => Round(() =>
    {
        var id = Convert.FromHexString(epc);
        byte[] covered = [(byte)(id.Length / 2 << 3), 0, .. id];
        var crc = Crc(covered);
        SendFrame(Notice, 0x22, [(byte)(sbyte)rssiDbm, .. covered, (byte)(crc >> 8), (byte)crc]);
    });

    /// <summary>Whether it reads all tags, not those of a selection only.</summary>
    public bool SelectsNothing => Locked(() => _selectMode == 1);

    /// <summary>Puts a tag there that gives a bank of its memory when asked for.</summary>
    public void Hold(string epc, int bank, string hex)
    {
        lock (Sync)
            _memories.Hold(epc, bank, hex);
    }

    /// <summary>Notifies a tag whose own checksum is wrong.</summary>
    public bool ReportDamaged() => Round(() => SendFrame(Notice, 0x22, [0xC9, 0x08, 0x00, 0x12, 0x34, 0x00, 0x00]));

    /// <summary>A round without a tag.</summary>
    public bool ReportNoTag() => Round(() => Fail(NoTag));

    /// <summary>A round for which no radio channel was free.</summary>
    public bool ReportBusyChannels() => Round(() => Fail(ChannelsBusy));

    /// <summary>Does not know this command from now on.</summary>
    public void Refuse(byte command)
    {
        lock (Sync)
            _refused.Add(command);
    }

    protected override void Receive(List<byte> pending)
    {
        while (pending.IndexOf(_first) is var start and >= 0)
        {
            pending.RemoveRange(0, start);
            if (pending.Count < 7)
                return;
            var parameters = (pending[3] << 8) + pending[4];
            if (parameters > 64)
            {
                pending.RemoveAt(0);
                continue;
            }

            if (pending.Count < parameters + 7)
                return;
            var frame = pending.Take(parameters + 7).ToArray();
            if (frame[^1] != _last || frame[^2] != Sum(frame[1..^2]) || frame[1] != 0)
            {
                pending.RemoveAt(0);
                continue;
            }

            pending.RemoveRange(0, frame.Length);
            Obey(frame[2], frame[5..^2]);
        }

        pending.Clear();
    }

    private static int Sum(byte[] bytes) => bytes.Sum(value => value) & 0xFF;

    /// <summary>Gen2, annex F, by polynomial division of the whole message.</summary>
    private static int Crc(byte[] bytes)
    {
        var register = 0xFFFF;
        foreach (var bit in bytes.SelectMany(value => Enumerable.Range(0, 8).Select(index => (value >> (7 - index)) & 1)))
        {
            var carry = (register >> 15) ^ bit;
            register = (register << 1) & 0xFFFF;
            if (carry == 1)
                register ^= 0x1021;
        }

        return register ^ 0xFFFF;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (Sync)
            return read();
    }

    private bool Round(Action send)
    {
        lock (Sync)
        {
            if (_rounds == 0)
                return false;
            _rounds--;
            send();
            return true;
        }
    }

    private void Obey(byte command, byte[] parameters)
    {
        if (_refused.Contains(command))
        {
            Fail(UnknownCommand);
            return;
        }

        switch (command)
        {
            case 0x03 when parameters is [var which and < 3]:
                SendFrame(Answer, command, [which, .. Encoding.ASCII.GetBytes(which switch { 0 => _options.Hardware, 1 => _options.Firmware, _ => _options.Maker })]);
                break;
            case 0x07 when parameters is [var region]:
                if (_options.PossibleRegions.Contains(region))
                    _region = region;
                Done(command);
                break;
            case 0x08:
                SendFrame(Answer, command, [_region]);
                break;
            case 0x0D:
                SendFrame(Answer, command, [(byte)(_query >> 8), (byte)_query]);
                break;
            case 0x0E when parameters.Length == 2:
                _query = (parameters[0] << 8) + parameters[1];
                Done(command);
                break;
            case 0x0C when parameters is [1, 0, 0, 0, 0x20, _, 0, ..] && parameters.Length == 7 + (parameters[5] / 8):
                _selected = Convert.ToHexString(parameters[7..]);
                Done(command);
                break;
            case 0x12 when parameters.Length == 1:
                _selectMode = parameters[0];
                Done(0x0C);
                break;
            case 0x39 when parameters.Length == 9:
                ReadMemory(parameters[4], (parameters[5] << 8) + parameters[6], (parameters[7] << 8) + parameters[8]);
                break;
            case 0x27 when parameters.Length == 3:
                _rounds = Math.Min((parameters[1] << 8) + parameters[2], _options.MostRounds);
                _starts++;
                break;
            case 0x28:
                _rounds = 0;
                Done(command);
                break;
            case 0xB6 when parameters.Length == 2:
                _power = Math.Min((parameters[0] << 8) + parameters[1], _options.MostPowerCentiDbm);
                Done(command);
                break;
            case 0xB7:
                SendFrame(Answer, command, [(byte)(_power >> 8), (byte)_power]);
                break;
            default:
                Fail(UnknownCommand);
                break;
        }
    }

    private void ReadMemory(int bank, int firstWord, int words)
    {
        if (_rounds > 0 || _selectMode != 0 || _memories.Read(_selected, bank, firstWord, words) is not { } memory)
        {
            Fail(_rounds == 0 && _selectMode == 0 && _memories.Knows(_selected, bank) ? MemoryOverrun : NotRead);
            return;
        }

        var id = Convert.FromHexString(_selected);
        SendFrame(Answer, 0x39, [(byte)(2 + id.Length), (byte)(id.Length / 2 << 3), 0, .. id, .. memory]);
    }

    private void Done(byte command) => SendFrame(Answer, command, [0]);

    private void Fail(int reason) => SendFrame(Answer, 0xFF, [(byte)reason]);

    private void SendFrame(int type, byte command, byte[] parameters)
    {
        byte[] summed = [(byte)type, command, (byte)(parameters.Length >> 8), (byte)parameters.Length, .. parameters];
        Send([_first, .. summed, (byte)Sum(summed), _last]);
    }
}
