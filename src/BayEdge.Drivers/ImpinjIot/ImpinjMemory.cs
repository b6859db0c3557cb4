using System.Text.Json.Nodes;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>Part of a tag's memory that the reader is to tell with each tag (Impinj IoT Device Interface, tagMemoryReads of the inventory preset).</summary>
/// <param name="Tag">The one that is looked for: the reader has no question for one tag, and reads the memory of all.</param>
internal sealed record ImpinjMemory(string Tag, TagMemoryBank Bank, int FirstWord, int Words)
{
    private readonly TaskCompletionSource<string> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _last;

    private string BankName => Bank switch { TagMemoryBank.Reserved => "reserved", TagMemoryBank.Epc => "epc", TagMemoryBank.Tid => "tid", _ => "user" };

    /// <summary><c>{"memoryBank":"tid","wordOffset":0,"wordCount":6}</c></summary>
    public JsonObject Written => new()
    {
        ["memoryBank"] = BankName,
        ["wordOffset"] = FirstWord,
        ["wordCount"] = Words,
    };

    /// <summary>Takes what the reader tells of a tag. What a tag that answered too weakly did not give comes with the next of its answers.</summary>
    public void Offer(ImpinjEvent found)
    {
        if (found.Memory.IsDefault || !TagWords.AreSame(Tag, found.Tag))
            return;
        foreach (var part in found.Memory.Where(part => part.Bank == BankName && part.FirstWord == FirstWord))
        {
            _last = part.Hex;
            if (part.Hex.Length == Words * 4)
                _found.TrySetResult(part.Hex);
        }
    }

    /// <returns>Null when the tag did not come in time.</returns>
    public async Task<string?> WithinAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await _found.Task.WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return _last;
        }
    }
}
