namespace BayEdge.Service.RemoteCommands;

/// <summary>Ends the service so that it begins anew.</summary>
internal sealed class ServiceRestart(IHostApplicationLifetime lifetime)
{
    /// <summary>Whether the service ends in order to begin anew.</summary>
    public bool IsRequested { get; private set; }

    public void Request()
    {
        IsRequested = true;
        lifetime.StopApplication();
    }
}
