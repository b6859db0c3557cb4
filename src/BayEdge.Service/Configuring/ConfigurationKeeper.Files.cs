using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Configuring;

/// <summary>What lies on the disk, read and put in order.</summary>
internal sealed partial class ConfigurationKeeper
{
    // A power cut came between the history and the files, or before the confirmation.
    private void FinishWhatWasBegun()
    {
        if (_archive.Unfinished() is not { } change || _archive.Read(change.Previous ?? change.Id) is not { } kept)
            return;
        try
        {
            _files.Write(kept.Configuration, kept.Secrets);
            _archive.End();
            Log.Finished(_logger, kept.Id);
        }
        catch (StorageFaultException exception)
        {
            Log.NotSaved(_logger, exception);
        }
    }

    private void TakeFiles(string why)
    {
        _stamp = _files.Stamp();
        var (text, state) = ReadFiles();
        if (state.Configuration is null)
        {
            // What was worked with before still holds.
            Log.FileUnusable(_logger, string.Join("; ", state.Problems));
            Set(Current.Configuration is null ? state : Current with { Problems = state.Problems });
            return;
        }

        if (state.Revision == Current.Revision && Current.Problems.IsEmpty)
            return;
        Remember(text!, SecretsFile.Compose(state.Secrets), why);
        if (_unconfirmed is not null)
            _archive.End();
        _unconfirmed = null;
        Set(state);
    }

    private (string? Text, ConfigurationState State) ReadFiles()
    {
        try
        {
            var (secrets, problem) = SecretsFile.Read(_files.SecretsPath);
            if (_files.ReadText() is not { } text)
                return (null, ConfigurationState.None);
            var document = ConfigurationText.Parse(text);
            if (secrets is null)
                return (text, ConfigurationState.None with { Problems = [new Problem("secrets.json", problem!)], Document = document });
            var read = ConfigurationCheck.Read(text, _drivers, secrets);
            return (text, new ConfigurationState(ConfigurationText.RevisionOf(text, SecretsFile.Compose(secrets)), read.Configuration, secrets, read.Problems) { Document = document });
        }
        catch (StorageFaultException exception)
        {
            return (null, ConfigurationState.None with { Problems = [new Problem("", exception.Says)] });
        }
    }

    private void Remember(string text, string? secrets, string why)
    {
        try
        {
            if (_archive.Newest() is { } newest && newest.Configuration == text && newest.Secrets == secrets)
                return;
            _archive.Add(_time.GetUtcNow(), Hand, why, text, secrets);
        }
        catch (StorageFaultException exception)
        {
            // A full disk must not keep a valid configuration from being worked with.
            Log.NotSaved(_logger, exception);
        }
    }

    // What a hand has broken is about to be replaced; the hand may want it back.
    private void RememberUnusable()
    {
        if (Current.Problems.IsEmpty || ReadTextOrNothing() is not { Length: > 0 } text)
            return;
        var secrets = _files.ReadSecretsText();
        if (_archive.Newest() is not { } newest || newest.Configuration != text || newest.Secrets != secrets)
            _archive.Add(_time.GetUtcNow(), Hand, "byHand", text, secrets);
    }

    private string ReadTextOrNothing()
    {
        try
        {
            return _files.ReadText() ?? "";
        }
        catch (StorageFaultException)
        {
            // What is wrong with the file stands among the problems.
            return "";
        }
    }
}
