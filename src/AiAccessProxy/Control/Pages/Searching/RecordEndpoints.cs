using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Searching;

/// <summary>The page of the ledger.</summary>
internal sealed class RecordEndpoints(LedgerPages pages, PolicyStore policies, TimeProvider time)
{
    private const int OnePage = 50;

    public async Task LedgerAsync(HttpContext context)
    {
        var search = RecordSearch.Of(context.Request.Query);
        var page = await pages.NewestAsync(search.Query, search.Before, OnePage, context.RequestAborted);
        await PageAnswer.WriteAsync(context, 200, RecordsPage.Of(Viewer.Of(context), search, page, policies.Current, time.GetUtcNow()));
    }
}
