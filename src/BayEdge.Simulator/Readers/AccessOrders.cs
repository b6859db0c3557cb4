namespace BayEdge.Simulator.Readers;

/// <summary>The AccessSpecs that the simulated reader holds. Methods that obey return what is wrong, or null.</summary>
internal sealed class AccessOrders
{
    private readonly Dictionary<uint, AccessOrder> _orders = [];

    public IEnumerable<AccessOrder> All => _orders.Values;

    public string? Add(AccessOrder order) => _orders.TryAdd(order.Id, order) ? null : $"AccessSpec {order.Id} exists already.";

    /// <param name="accessSpecId">0 means all.</param>
    public string? Delete(uint accessSpecId)
    {
        if (accessSpecId == 0)
            _orders.Clear();
        else if (!_orders.Remove(accessSpecId))
            return $"There is no AccessSpec {accessSpecId}.";
        return null;
    }

    public string? Enable(uint accessSpecId)
    {
        if (!_orders.TryGetValue(accessSpecId, out var order))
            return $"There is no AccessSpec {accessSpecId}.";
        _orders[accessSpecId] = order with { Enabled = true };
        return null;
    }

    /// <summary>The first that concerns a tag which an inventory found.</summary>
    public AccessOrder? For(string epc, uint roSpecId) =>
        _orders.Values.FirstOrDefault(order => order.Enabled && (order.RoSpecId == 0 || order.RoSpecId == roSpecId) && order.Means(epc));
}
