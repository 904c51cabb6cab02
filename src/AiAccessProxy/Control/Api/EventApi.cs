using System.Globalization;
using System.Text.Json;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Reading;

namespace AiAccessProxy.Control.Api;

/// <summary>
/// Server-sent events: what happened to tickets, agents and the policy, each with its position in the ledger as id. Whoever was cut off and says
/// <c>Last-Event-ID</c> misses nothing, or is told by <c>reset</c> that it did and has to ask.
/// </summary>
internal sealed class EventApi(LedgerReading reading, StillAdmitted admitted, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Open streams of all people together.</summary>
    public const int MostListeners = 200;

    public static ControlProblem TooManyListeners { get; } = new(
        429, "too-many-listeners", "Too many listen", $"{MostListeners} event streams are open already. Close some, or ask instead of listening.")
    { RetryAfter = TimeSpan.FromSeconds(30) };

    /// <summary>So often it is asked whether the listener may still listen.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Keeps balancers from closing a quiet stream.</summary>
    private const int TicksBetweenBeats = 15;

    public async Task RunAsync(HttpContext context)
    {
        using var place = reading.Tape.Listen(MostListeners);
        if (place is null)
        {
            await ProblemAnswer.WriteAsync(context, TooManyListeners);
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var at = await BeginAsync(context, ends.Token);
            for (var tick = 1; await admitted.IsAsync(context, ends.Token); tick++)
            {
                var more = reading.Tape.MoreAsync();
                at = await TellAsync(context, at, ends.Token);
                if (tick % TicksBetweenBeats == 0) await SayAsync(context, "beat", null, Now, ends.Token);
                await Task.WhenAny(more, Task.Delay(Tick, time, ends.Token));
                ends.Token.ThrowIfCancellationRequested();
            }

            await SayAsync(context, "bye", null, Now, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The listener left, or the program stops: both end the stream.
        }
    }

    private string Now => time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Where to begin: at the last that was heard of, or now.</summary>
    private async ValueTask<long> BeginAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await reading.CatchUpAsync(cancellationToken);
        var now = reading.Tape.Last;
        var at = context.Header("Last-Event-ID") is { } last ? Math.Min(long.Parse(last, CultureInfo.InvariantCulture), now) : now;
        await SayAsync(context, "hello", at, Now, cancellationToken);
        return at;
    }

    private async ValueTask<long> TellAsync(HttpContext context, long at, CancellationToken cancellationToken)
    {
        if (reading.Tape.After(at) is not { } events)
        {
            at = reading.Tape.Last;
            await SayAsync(context, "reset", at, Now, cancellationToken);
            return at;
        }

        foreach (var told in events)
        {
            at = told.Position;
            await SayAsync(
                context, told.Topic, at, JsonSerializer.Serialize(new EventJson(at, told.Subject, told.Kind, told.At), ApiJson.Options), cancellationToken);
        }

        return at;
    }

    private static async Task SayAsync(HttpContext context, string what, long? id, string data, CancellationToken cancellationToken)
    {
        var line = id is { } position ? $"id: {position.ToString(CultureInfo.InvariantCulture)}\n" : "";
        await context.Response.WriteAsync($"{line}event: {what}\ndata: {data}\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
