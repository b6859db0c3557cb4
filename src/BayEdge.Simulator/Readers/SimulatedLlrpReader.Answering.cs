namespace BayEdge.Simulator.Readers;

/// <content>What it answers to the messages of its client.</content>
public sealed partial class SimulatedLlrpReader
{
    private void Answer(ReaderConversation client, int version, int type, uint id, byte[] body)
    {
        lock (_lock)
        {
            _asked[type] = _asked.GetValueOrDefault(type) + 1;
            try
            {
                if (_ignored.Contains(type))
                    return;
                if (_unbearable.Contains(type))
                {
                    client.Close();
                    Release(client);
                }
                else if (_garbled.Contains(type))
                    client.SendRaw([.. Enumerable.Repeat(byte.MaxValue, 16)]);
                else if (_refusals.TryGetValue(type, out var refusal) && refusal.Code != 0)
                    client.Send(ReaderAnswers.Status(MessageTypes.AnswerTo(type), id, refusal.Code, refusal.Text));
                else if (!Understands(client, version, type))
                    client.Send(ReaderAnswers.Status(MessageTypes.ErrorMessage, id, StatusCodes.UnsupportedVersion, $"Version {version} was not agreed on."));
                else
                    Obey(client, type, id, body);
            }
            catch (InvalidDataException exception)
            {
                client.Send(ReaderAnswers.Status(MessageTypes.ErrorMessage, id, StatusCodes.ParameterError, exception.Message));
            }

            NoteReading();
        }
    }

    /// <summary>What agrees on a version has that of 1.1; everything else has the one that was agreed on (LLRP 1.1, chapter 9).</summary>
    private bool Understands(ReaderConversation client, int version, int type) =>
        IsAgreement(type) ? _options.SpeaksVersion11 && version == Wire.Version11 : version == client.Version;

    private static bool IsAgreement(int type) => type is MessageTypes.GetSupportedVersion or MessageTypes.SetProtocolVersion;

    private void Obey(ReaderConversation client, int type, uint id, byte[] body)
    {
        switch (type)
        {
            case MessageTypes.GetReaderCapabilities:
                client.Send(ReaderAnswers.Capabilities(id, _options));
                break;
            case MessageTypes.GetSupportedVersion:
                client.Send(ReaderAnswers.SupportedVersions(id, client.Version), Wire.Version11);
                break;
            case MessageTypes.SetProtocolVersion when Demand(body, 1)[0] is Wire.Version101 or Wire.Version11:
                client.Version = body[0];
                client.Send(ReaderAnswers.Status(MessageTypes.AnswerTo(type), id), Wire.Version11);
                break;
            case MessageTypes.SetProtocolVersion:
                client.Send(ReaderAnswers.Status(MessageTypes.AnswerTo(type), id, StatusCodes.UnsupportedVersion, $"Version {body[0]} is not known."), Wire.Version11);
                break;
            case MessageTypes.GetReaderConfig:
                client.Send(ReaderAnswers.Configuration(id, _options, _settings, _unplugged));
                break;
            case MessageTypes.SetReaderConfig:
                _settings.Take(Demand(body, 1).AsSpan(1));
                client.SetKeepAlive(TimeSpan.FromMilliseconds(_settings.KeepAliveMs));
                client.Send(ReaderAnswers.Status(MessageTypes.AnswerTo(type), id));
                break;
            case MessageTypes.CloseConnection:
                client.Send(ReaderAnswers.Status(MessageTypes.AnswerTo(type), id));
                client.Close();
                Release(client);
                break;
            case MessageTypes.AddRoSpec:
                Settle(_orders.Add(ReadOrder.Parse(body, _options.StrongestLevel)));
                break;
            case MessageTypes.GetRoSpecs:
                client.Send(ReaderAnswers.Orders(id, _orders.All));
                break;
            case >= MessageTypes.DeleteRoSpec and <= MessageTypes.DisableRoSpec:
                Settle(Command(type, Wire.ReadU32(Demand(body, sizeof(uint)))));
                break;
            case MessageTypes.AddAccessSpec:
                Settle(_accesses.Add(AccessOrder.Parse(body)));
                break;
            case MessageTypes.DeleteAccessSpec:
                Settle(_accesses.Delete(Wire.ReadU32(Demand(body, sizeof(uint)))));
                break;
            case MessageTypes.EnableAccessSpec:
                Settle(_accesses.Enable(Wire.ReadU32(Demand(body, sizeof(uint)))));
                break;
            case MessageTypes.EnableEventsAndReports:
                break;
            case MessageTypes.Custom when _options.Manufacturer == Impinj.Vendor && Impinj.IsEnableExtensions(body):
                client.Send(Impinj.ExtensionsEnabled(id));
                break;
            case MessageTypes.KeepAliveAck:
                client.KeepAliveAcknowledged();
                break;
            default:
                client.Send(ReaderAnswers.Status(
                    MessageTypes.ErrorMessage, id, StatusCodes.UnsupportedMessage, $"Message type {type} is not supported."));
                break;
        }

        void Settle(string? problem) => client.Send(problem is null
            ? ReaderAnswers.Status(MessageTypes.AnswerTo(type), id)
            : ReaderAnswers.Status(MessageTypes.AnswerTo(type), id, StatusCodes.FieldError, problem));
    }

    /// <summary>Obeys a command on ROSpecs and tells of those that end by it; called with the lock held.</summary>
    private string? Command(int messageType, uint roSpecId)
    {
        var before = _orders.Active.ToList();
        var problem = _orders.Command(messageType, roSpecId);
        foreach (var ended in before.Except(_orders.Active))
            Tell(HeldSettings.RoSpecEvent, ReaderAnswers.RoSpecEnded(ended));
        NoteReading();
        return problem;
    }

    private static byte[] Demand(byte[] body, int count) =>
        body.Length >= count ? body : throw new InvalidDataException($"The message ends after {body.Length} bytes; {count} were expected.");

    /// <summary>LLRP 1.0.1, chapter 14.</summary>
    private static class StatusCodes
    {
        public const int ParameterError = 100;
        public const int FieldError = 101;
        public const int UnsupportedMessage = 109;
        public const int UnsupportedVersion = 110;
    }
}
