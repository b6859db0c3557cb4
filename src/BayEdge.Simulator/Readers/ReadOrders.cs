namespace BayEdge.Simulator.Readers;

/// <summary>The ROSpecs that the simulated reader holds. Methods that obey return what is wrong, or null.</summary>
internal sealed class ReadOrders
{
    private readonly Dictionary<uint, ReadOrder> _orders = [];

    public IEnumerable<uint> Active => _orders.Values.Where(order => order.Active).Select(order => order.Id);

    public IEnumerable<ReadOrder> All => _orders.Values;

    public ReadOrder? ActiveFor(int antenna) => _orders.Values.FirstOrDefault(order => order.Active && order.Covers(antenna));

    public string? Add(ReadOrder order) => _orders.TryAdd(order.Id, order) ? null : $"ROSpec {order.Id} exists already.";

    /// <summary>Obeys DELETE, START, STOP, ENABLE or DISABLE_ROSPEC.</summary>
    /// <param name="roSpecId">0 means all.</param>
    public string? Command(int messageType, uint roSpecId)
    {
        List<uint> ids = roSpecId == 0 ? [.. _orders.Keys] : [roSpecId];
        if (!ids.All(_orders.ContainsKey))
            return $"There is no ROSpec {roSpecId}.";

        foreach (var id in ids)
        {
            if (messageType == MessageTypes.DeleteRoSpec)
                _orders.Remove(id);
            else
                _orders[id] = After(messageType, _orders[id]);
        }

        return null;
    }

    private static ReadOrder After(int messageType, ReadOrder order) => messageType switch
    {
        MessageTypes.StartRoSpec => order with { Started = true },
        MessageTypes.StopRoSpec => order with { Started = false },
        MessageTypes.EnableRoSpec => order with { Enabled = true, Started = order.StartsAtOnce },
        _ => order with { Enabled = false, Started = false },
    };
}
