namespace BayEdge.Simulator.Readers;

/// <summary>What the tags before a simulated reader hold besides their identity.</summary>
internal sealed class TagMemories
{
    private readonly Dictionary<(string Epc, int Bank), byte[]> _banks = [];

    public void Hold(string epc, int bank, string hex) => _banks[(epc, bank)] = Convert.FromHexString(hex);

    public bool Knows(string epc, int bank) => _banks.ContainsKey((epc, bank));

    /// <returns>Null where the tag is not there or has no such words.</returns>
    public byte[]? Read(string epc, int bank, int firstWord, int words) =>
        _banks.TryGetValue((epc, bank), out var memory) && memory.Length >= 2 * (firstWord + words) ? memory[(2 * firstWord)..(2 * (firstWord + words))] : null;
}
