namespace BayEdge.Simulator.Readers.Serial;

/// <summary>A Chafon reader, which answers when asked.</summary>
/// <remarks>
/// Independent of the driver's codec on purpose: two sides that share their code would also share, and so hide, a mistake.
/// Numbers are those of the UHFReader288MP user manual V1.14.
/// </remarks>
public sealed class SimulatedChafon : SimulatedSerialModule
{
    private const byte Inventory = 0x01, ReadMemory = 0x02, Information = 0x21, SetBand = 0x22, SetPower = 0x2F, SetPins = 0x46, GetPins = 0x47;
    private const byte Complete = 0x01, MoreFollows = 0x03, AntennaError = 0xF8, NoTag = 0xFB, TagError = 0xFC, UnknownCommand = 0xFE;
    private const byte MemoryOverrun = 0x03;
    private const byte ScanTime = 3;

    private readonly SimulatedChafonOptions _options;
    private readonly TimeProvider _time;
    private readonly Dictionary<(int Antenna, string Epc), Present> _present = [];
    private readonly TagMemories _memories = new();
    private (byte Highest, byte Lowest) _band;
    private byte _power;
    private byte _outputs = 3;
    private int _inventories;

    private SimulatedChafon(SimulatedChafonOptions options, TimeProvider time)
        : base(time)
    {
        (_options, _time) = (options, time);
        (_band, _power) = (options.Band, options.PowerDbm);
    }

    public (byte Highest, byte Lowest) Band => Locked(() => _band);

    public byte PowerDbm => Locked(() => _power);

    /// <summary>Whether an output shows a high level, as both do at first.</summary>
    public bool IsHigh(int output) => Locked(() => (_outputs >> (output - 1) & 1) != 0);

    /// <summary>How often it was asked for its tags.</summary>
    public int Inventories => Locked(() => _inventories);

    private bool IsOld => _options.Type == SimulatedChafonOptions.UhfReader18;

    public static SimulatedChafon Start(SimulatedChafonOptions options, TimeProvider time)
    {
        var reader = new SimulatedChafon(options, time);
        reader.Begin();
        return reader;
    }

    /// <summary>Puts a tag in front of an antenna, where it stays.</summary>
    public void Put(int antenna, string epc, byte strength)
    {
        lock (Sync)
            _present[(antenna, epc)] = new Present(strength);
    }

    /// <summary>Puts a tag in front of an antenna for a while; again puts it there for longer.</summary>
    public void Put(int antenna, string epc, byte strength, TimeSpan stay)
    {
        lock (Sync)
            _present[(antenna, epc)] = new Present(strength) { Until = _time.GetTimestamp() + (long)(stay.TotalSeconds * _time.TimestampFrequency) };
    }

    public void Remove(int antenna, string epc)
    {
        lock (Sync)
            _present.Remove((antenna, epc));
    }

    /// <summary>Gives a tag a bank of memory, which it tells when asked while it stands there.</summary>
    public void Hold(string epc, int bank, string hex)
    {
        lock (Sync)
            _memories.Hold(epc, bank, hex);
    }

    /// <summary>Sends a frame that nobody asked for, as a reader in real time mode does.</summary>
    public void ReportByItself(string epc)
    {
        var id = Convert.FromHexString(epc);
        Answer(0xEE, 0, [0x01, (byte)id.Length, .. id, 0x64]);
    }

    protected override void Receive(List<byte> pending)
    {
        while (pending.Count > 0 && pending.Count > pending[0])
        {
            var frame = pending.Take(pending[0] + 1).ToArray();
            if (frame.Length < 5 || Crc(frame) != 0)
            {
                pending.RemoveAt(0);
                continue;
            }

            pending.RemoveRange(0, frame.Length);
            Obey(frame[2], frame[3..^2]);
        }
    }

    /// <summary>By long division, bit by bit; 0 over a frame with its own checksum.</summary>
    private static int Crc(byte[] bytes)
    {
        var register = 0xFFFF;
        foreach (var value in bytes)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var carry = (register ^ (value >> bit)) & 1;
                register >>= 1;
                if (carry == 1)
                    register ^= 0x8408;
            }
        }

        return register;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (Sync)
            return read();
    }

    private void Obey(byte command, byte[] data)
    {
        switch (command)
        {
            case Information:
                Answer(command, 0, [0, 22, _options.Type, 3, _band.Highest, _band.Lowest, _power, ScanTime, 1, 0, 0, 0]);
                break;
            case ReadMemory when data.Length > 0 && data.Length == 1 + (2 * data[0]) + 7:
                GiveMemory(Convert.ToHexString(data.AsSpan(1, 2 * data[0])), data[(1 + (2 * data[0]))..]);
                break;
            case SetBand when data.Length == 2:
                if (_options.TakesBands)
                    _band = (data[0], data[1]);
                Answer(command, 0, []);
                break;
            case SetPower when data.Length == 1:
                _power = Math.Min(data[0], _options.MostPowerDbm);
                Answer(command, 0, []);
                break;
            case SetPins when !IsOld && data.Length == 1:
                _outputs = (byte)(data[0] & 3);
                Answer(command, 0, []);
                break;
            case GetPins when !IsOld && data.Length == 0:
                Answer(command, 0, [(byte)(_outputs << 4 | (_options.InputIsHigh ? 1 : 0))]);
                break;
            case Inventory when IsOld ? data.Length == 0 : data.Length == 5:
                _inventories++;
                _ = InventoryLaterAsync(IsOld ? 1 : data[3] - 0x7F, IsOld ? 0 : data[2]);
                break;
            default:
                Answer(0, UnknownCommand, []);
                break;
        }
    }

    private void GiveMemory(string epc, byte[] question)
    {
        if (_present.Keys.All(tag => tag.Epc != epc))
            Answer(ReadMemory, NoTag, []);
        else if (_memories.Read(epc, question[0], question[1], question[2]) is { } memory)
            Answer(ReadMemory, 0, memory);
        else
            Answer(ReadMemory, TagError, [MemoryOverrun]);
    }

    private async Task InventoryLaterAsync(int antenna, int target)
    {
        await Task.Delay(_options.InventoryTime, _time);
        lock (Sync)
            AnswerInventory(antenna, target);
    }

    private void AnswerInventory(int antenna, int target)
    {
        if (!_options.Antennas.Contains(antenna))
        {
            Answer(Inventory, AntennaError, []);
            return;
        }

        foreach (var gone in _present.Where(tag => tag.Value.Until < _time.GetTimestamp()).Select(tag => tag.Key).ToList())
            _present.Remove(gone);
        var heard = _present.Where(tag => tag.Key.Antenna == antenna && (!_options.TagsKeepTheirState || tag.Value.State == target)).ToList();
        foreach (var (_, tag) in heard)
            tag.State = 1 - target;

        var frames = heard.Chunk(_options.MostTagsInOneFrame).ToList();
        if (frames.Count == 0)
            Answer(Inventory, IsOld ? NoTag : Complete, IsOld ? [] : [(byte)(1 << (antenna - 1)), 0]);
        foreach (var (index, tags) in frames.Index())
        {
            byte[] head = IsOld ? [(byte)tags.Length] : [(byte)(1 << (antenna - 1)), (byte)tags.Length];
            Answer(Inventory, index < frames.Count - 1 ? MoreFollows : Complete, [.. head, .. tags.SelectMany(tag => Block(tag.Key.Epc, tag.Value.Strength))]);
        }
    }

    private byte[] Block(string epc, byte strength)
    {
        var id = Convert.FromHexString(epc);
        return IsOld ? [(byte)id.Length, .. id] : [(byte)id.Length, .. id, strength];
    }

    private void Answer(byte command, byte status, byte[] data)
    {
        byte[] covered = [(byte)(data.Length + 5), 0, command, status, .. data];
        var crc = Crc(covered);
        Send([.. covered, (byte)crc, (byte)(crc >> 8)]);
    }

    private sealed class Present(byte strength)
    {
        public byte Strength => strength;

        public int State { get; set; }

        /// <summary>By the timestamps of the clock.</summary>
        public long Until { get; init; } = long.MaxValue;
    }
}
