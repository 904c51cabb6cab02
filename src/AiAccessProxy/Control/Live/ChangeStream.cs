using System.Globalization;
using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Guarding;
using AiAccessProxy.Control.SignIn;

namespace AiAccessProxy.Control.Live;

/// <summary>
/// Server-sent events: tells open pages that a ticket changed, so that they ask again. A hint and nothing else: it carries ids only, and
/// a page that hears nothing for a while asks by itself.
/// </summary>
internal sealed class ChangeStream(ApprovalDesk desk, SessionCookie cookie, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Keeps balancers from closing a quiet stream, and notices that its session has ended.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public async Task RunAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await using var changes = desk.ChangesAsync(ends.Token).GetAsyncEnumerator(ends.Token);
        var change = changes.MoveNextAsync().AsTask();
        try
        {
            await SayAsync(context, "hello", Now, ends.Token);
            while (true)
            {
                if (await Task.WhenAny(change, Task.Delay(Beat, time, ends.Token)) != change)
                {
                    ends.Token.ThrowIfCancellationRequested();
                    if (await cookie.ViewerOfAsync(context, isUse: false) is null) break;
                    await SayAsync(context, "beat", Now, ends.Token);
                    continue;
                }

                if (!await change || await cookie.ViewerOfAsync(context, isUse: false) is null) break;
                await SayAsync(context, "ticket", changes.Current.Value, ends.Token);
                change = changes.MoveNextAsync().AsTask();
            }

            await SayAsync(context, "bye", "", ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page was closed, or the program stops: both end the stream.
        }
        finally
        {
            // An enumerator must not be disposed of while it is asked for its next.
            await ends.CancelAsync();
            await Task.WhenAny(change);
        }
    }

    private string Now => time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static async Task SayAsync(HttpContext context, string what, string data, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync($"event: {what}\ndata: {data}\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
