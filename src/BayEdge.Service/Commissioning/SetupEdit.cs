using BayEdge.Service.Configuring;

namespace BayEdge.Service.Commissioning;

internal static class SetupEdit
{
    /// <summary>Edits the configuration and lets it hold; where somebody else has changed it meanwhile, edits that.</summary>
    /// <param name="change">Called with what holds; returns whether it may be changed so.</param>
    /// <returns>What came of it; null where it may not.</returns>
    public static async Task<ProposalResult?> ApplyAsync(
        ConfigurationKeeper configurations, Func<ConfigurationState, SetupDocument, bool> change, string who, string why, CancellationToken cancellationToken)
    {
        while (true)
        {
            var present = configurations.Current;
            var document = SetupDocument.Of(configurations.Show());
            if (!change(present, document))
                return null;
            var result = await configurations.ProposeAsync(document.Text, who, why, null, cancellationToken, present.Revision);
            if (!result.Outdated)
                return result;
        }
    }
}
