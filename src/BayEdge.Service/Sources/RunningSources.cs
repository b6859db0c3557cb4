using System.Collections.Concurrent;
using BayEdge.Core.Drivers;

namespace BayEdge.Service.Sources;

/// <summary>The sources that are kept running, for whoever wants more of a device than its reports.</summary>
internal sealed class RunningSources
{
    private readonly ConcurrentDictionary<string, ISource> _sources = new(StringComparer.Ordinal);

    /// <summary>Null when it is not there.</summary>
    public ISource? Find(string source) => _sources.GetValueOrDefault(source);

    /// <summary>A source as something that can what <typeparamref name="T"/> says, such as <see cref="ITransmitPower"/>; null when it cannot or is not there.</summary>
    public T? Find<T>(string source)
        where T : class => Find(source)?.Find<T>();

    public void Add(string id, ISource source) => _sources[id] = source;
}
