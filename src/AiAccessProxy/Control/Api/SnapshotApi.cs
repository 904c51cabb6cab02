using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api;

/// <summary>The rules in force, with what each did today.</summary>
internal sealed class SnapshotApi(PolicyStore policies, LedgerReading reading)
{
    private const int MostProblems = 100;

    public async Task ShowAsync(HttpContext context)
    {
        try
        {
            await reading.CatchUpAsync(context.RequestAborted);
        }
        catch (LedgerUnavailableException)
        {
            // The rules can be read while the ledger cannot; their counts are those of before.
        }

        var rules = policies.Current;
        await context.AnswerAsync(new PolicyJson(
            rules.Hash, reading.Today.LoadedAt(rules.Hash),
            policies.LastRefusal is { } refusal ? new(refusal.At, [.. refusal.Problems.Take(MostProblems).Select(problem => problem.ToString())]) : null,
            [.. rules.Routes.OrderBy(route => route.Id, StringComparer.Ordinal).Select(route => RouteJson.Of(route, reading.Today))]));
    }
}
