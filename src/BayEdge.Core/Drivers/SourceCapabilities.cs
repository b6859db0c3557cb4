namespace BayEdge.Core.Drivers;

/// <summary>A source that leads another one, whose capabilities are offered through it.</summary>
public interface ILeadingSource : ISource
{
    /// <summary>Null while there is none.</summary>
    ISource? Led { get; }
}

public static class SourceCapabilities
{
    /// <summary>The source as something that can what <typeparamref name="T"/> says, such as <see cref="ITransmitPower"/>; null when it cannot.</summary>
    public static T? Find<T>(this ISource source)
        where T : class =>
        source as T ?? (source as ILeadingSource)?.Led?.Find<T>();
}
