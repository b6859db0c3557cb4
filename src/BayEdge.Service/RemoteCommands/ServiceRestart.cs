namespace BayEdge.Service.RemoteCommands;

/// <summary>Ends the watching of the bays so that it begins anew; the page stays.</summary>
internal sealed class ServiceRestart(IHostApplicationLifetime lifetime)
{
    /// <summary>Whether it ends in order to begin anew.</summary>
    public bool IsRequested { get; private set; }

    public void Request()
    {
        IsRequested = true;
        lifetime.StopApplication();
    }
}
