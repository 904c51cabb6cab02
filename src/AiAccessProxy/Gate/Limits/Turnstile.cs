namespace AiAccessProxy.Gate.Limits;

/// <summary>Lets in what is within the limits that need no reading, and says to the rest which one it met.</summary>
internal sealed class Turnstile(CallPlaces places, CallRefusals refusals)
{
    public async Task PassAsync(HttpContext context, RequestDelegate inside)
    {
        // Reset before anybody looked at it (CVE-2023-44487): nobody waits for an answer, so nothing is read, decided or sent.
        if (context.RequestAborted.IsCancellationRequested) return;

        if (HeadLimits.Exceeded(context, places.Limits) is { } tooLarge)
        {
            await RefuseAsync(context, tooLarge);
            return;
        }

        using var place = places.TryTake();
        if (place is null)
        {
            await RefuseAsync(context, LimitProblems.Busy("calls", places.Most, "gate:limits:calls and approvals:maxHeld"));
            return;
        }

        context.Features.Set(place);
        await inside(context);
    }

    /// <summary>Counted and not told one by one: that is cheap enough to be done as often as somebody likes.</summary>
    private async Task RefuseAsync(HttpContext context, Problem problem) =>
        await ProblemWriter.WriteAsync(context, await refusals.RecordAsync(problem, null, null, context.RequestAborted));
}
