using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Support;

/// <summary>A device with a secret wherever one may stand: of a reader, in a camera's address, of the broker.</summary>
internal static class SecretiveDevice
{
    public const string OfReader = "reader-hunter2";
    public const string OfCamera = "camera-hunter2";
    public const string OfBroker = "broker-hunter2";

    public static string Configuration => $$"""
        {
          "site": "sh-01", "device": "pi-01", "language": "en",
          "bays": [{ "id": "bay-01", "name": "1号工位" }],
          "readers": [{ "id": "reader-1", "driver": "impinj-iot", "address": "127.0.0.1:{{LoopbackPorts.Free()}}", "antennas": [{ "port": 1, "bay": "bay-01" }] }],
          "cameras": [{ "id": "cam-1", "driver": "stream", "url": "rtsp://admin:{{OfCamera}}@127.0.0.1:{{LoopbackPorts.Free()}}/1",
                        "zones": [{ "bay": "bay-01", "polygon": [[0,0],[1,0],[1,1]] }] }],
          "mqtt": { "url": "mqtt://127.0.0.1:{{LoopbackPorts.Free()}}" }
        }
        """;

    public static string Secrets => $$"""{ "mqttUser": "pi-01", "mqttPassword": "{{OfBroker}}", "sources": { "reader-1": { "password": "{{OfReader}}" } } }""";
}
