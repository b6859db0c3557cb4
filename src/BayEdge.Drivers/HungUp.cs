using System.Net.Sockets;
using MQTTnet.Exceptions;

namespace BayEdge.Drivers;

/// <summary>Tells who took a connection and ended it without a word, as what is just starting does, from who answers in another tongue.</summary>
internal static class HungUp
{
    public static bool Is(Exception cause) => cause switch
    {
        SocketException socket => socket.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown,
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => true,
        HttpIOException or HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } or MqttProtocolViolationException or MqttCommunicationTimedOutException => false,
        _ => cause.InnerException is { } inner ? Is(inner) : cause is IOException or MqttCommunicationException,
    };
}
