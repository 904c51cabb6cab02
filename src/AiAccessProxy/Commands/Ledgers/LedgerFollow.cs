using System.CommandLine;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using AiAccessProxy.Commands.Server;

namespace AiAccessProxy.Commands.Ledgers;

/// <summary>
/// Tells what is recorded as it is recorded. The server's events say that something happened; plain calls are no events, so it is also asked
/// every little while. Each record is told once, by its position, whatever the stream does.
/// </summary>
internal sealed class LedgerFollow(Asked asked, LedgerFilters filters, LedgerLines output)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Streams end when balancers or servers are restarted; so often in a row it is tried again.</summary>
    private const int MostTries = 15;

    /// <summary>The server's records and its greeting need not have been timed at the same moment.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private long _last;

    /// <summary>From when on there may be something new, by the server's clock; null until that is known.</summary>
    private DateTimeOffset? _since;

    /// <param name="before">How many of those that are there already are told first.</param>
    /// <exception cref="JsonException">The server tells what is no record.</exception>
    public async Task<int> RunAsync(int before)
    {
        if (await BeginAsync(before) is { } refused) return asked.Parsed.Fail(refused.Code, refused.Why);
        for (var tries = 0; ; tries++)
        {
            var wasHeard = false;
            try
            {
                refused = await asked.Api.StreamAsync(ApiQuery.Of("events"), async stream =>
                {
                    wasHeard = true;
                    await ListenAsync(stream);
                }, asked.CancellationToken);
            }
            catch (IOException)
            {
                // Cut off: it is begun again below.
                refused = null;
            }

            if (wasHeard) tries = 0;
            if (refused is { Code: not ExitCode.Failed } || (refused is not null && tries >= MostTries)) return asked.Parsed.Fail(refused.Code, refused.Why);
            await Task.Delay(Pause, TimeProvider.System, asked.CancellationToken);
        }
    }

    private async Task<ApiAnswer.Refused?> BeginAsync(int before)
    {
        var newest = filters.On(ApiQuery.Of("ledger"), asked.Parsed).With("order", "newest");
        var answer = await asked.AllAsync(newest, "entries", before);
        if (answer is not ApiAnswer.Given(var page)) return answer as ApiAnswer.Refused;
        foreach (var entry in page.GetProperty("entries").EnumerateArray().Reverse()) Tell(entry);
        return null;
    }

    private async Task ListenAsync(Stream stream)
    {
        await using var events = SseParser.Create(stream).EnumerateAsync(asked.CancellationToken).GetAsyncEnumerator(asked.CancellationToken);
        var more = events.MoveNextAsync().AsTask();
        while (true)
        {
            await TellNewAsync();
            await Task.WhenAny(more, Task.Delay(Pause, TimeProvider.System, asked.CancellationToken));
            asked.CancellationToken.ThrowIfCancellationRequested();
            if (!more.IsCompleted) continue;
            if (!await more || events.Current.EventType == "bye") return;
            // Nothing was on record that is asked for, so whatever of it is there since is new.
            if (DateTimeOffset.TryParse(events.Current.Data, CultureInfo.InvariantCulture, out var now)) _since ??= now - Margin;
            more = events.MoveNextAsync().AsTask();
        }
    }

    /// <summary>What was not told yet. A refusal shows when the stream is begun again.</summary>
    private async Task TellNewAsync()
    {
        if (_since is null) return;
        var query = filters.On(ApiQuery.Of("ledger"), asked.Parsed, _since).With("order", "oldest");
        if (await asked.AllAsync(query, "entries", int.MaxValue) is not ApiAnswer.Given(var page)) return;
        foreach (var entry in page.GetProperty("entries").EnumerateArray()) Tell(entry);
    }

    private void Tell(JsonElement entry)
    {
        var place = ServerEntry.Of(entry);
        if (place.Position.Number <= _last) return;
        output.Write(entry);
        (_last, _since) = (place.Position.Number, place.StoredAt);
    }
}
