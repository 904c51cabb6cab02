using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Rulebook;

/// <summary>The page of the rules in force.</summary>
internal sealed class PolicyEndpoints(PolicyStore policies, LedgerReading reading, TimeProvider time)
{
    public async Task PolicyAsync(HttpContext context)
    {
        try
        {
            await reading.CatchUpAsync(context.RequestAborted);
        }
        catch (LedgerUnavailableException)
        {
            // The rules can be read while the ledger cannot; their counts are those of before.
        }

        await PageAnswer.WriteAsync(
            context, 200, PolicyPage.Of(Viewer.Of(context), policies.Current, policies.LastRefusal, reading.Today, time.GetUtcNow()));
    }
}
