using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tokens.Keys;

/// <summary>
/// One issuer's metadata and keys: fetched when they are first needed, when they are old, and when a token names a key that is not among
/// them; one fetch at a time and not too often, however many tokens wait for it.
/// </summary>
internal sealed class Provider(string issuer, Uri about, ProviderClient client, IOptions<TokenOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Known? _known;
    private Task? _fetching;
    private long? _tried;
    private string _why = "they were not fetched yet";

    public async ValueTask<KeyAnswer> FindKeyAsync(TokenHeader header, CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh && fresh.Keys.Find(header) is { } key) return new KeyAnswer.Found(key);
        await FetchAsync(cancellationToken);
        return Usable() is not { } known ? new KeyAnswer.Unavailable(_why)
            : known.Keys.Find(header) is { } found ? new KeyAnswer.Found(found)
            : new KeyAnswer.Unknown();
    }

    /// <summary>Null with why it cannot be had.</summary>
    public async ValueTask<(ProviderMetadata? Metadata, string Why)> MetadataAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is null) await FetchAsync(cancellationToken);
        return (Usable()?.Metadata, _why);
    }

    private Known? Fresh() => Younger(options.Value.KeyAge);

    /// <summary>Old keys serve while new ones cannot be had: whoever can keep us from the issuer should not be able to stop everything.</summary>
    private Known? Usable() => Younger(options.Value.KeepKeys);

    private Known? Younger(TimeSpan age) => Volatile.Read(ref _known) is { } known && time.GetElapsedTime(known.At) < age ? known : null;

    private async ValueTask FetchAsync(CancellationToken cancellationToken)
    {
        Task? fetching;
        lock (_lock)
        {
            if (_fetching is null && (_tried is not { } tried || time.GetElapsedTime(tried) >= options.Value.FetchAtMost))
            {
                _tried = time.GetTimestamp();
                // Not the caller's to break off: others wait for it, too.
                _fetching = Task.Run(FetchOnceAsync, CancellationToken.None);
            }

            fetching = _fetching;
        }

        if (fetching is not null) await fetching.WaitAsync(cancellationToken);
    }

    private async Task FetchOnceAsync()
    {
        try
        {
            var (known, why) = await AskAsync();
            _why = why;
            if (known is not null) Volatile.Write(ref _known, known);
        }
        finally
        {
            lock (_lock) _fetching = null;
        }
    }

    private async Task<(Known? Known, string Why)> AskAsync()
    {
        var at = time.GetTimestamp();
        var told = await client.GetAsync(about, CancellationToken.None);
        if (told is not ProviderAnswer.Read(var document)) return (null, ((ProviderAnswer.Failed)told).Why);
        if (ProviderMetadata.Read(document, issuer, out var why) is not { } metadata) return (null, why);
        var shown = await client.GetAsync(metadata.Keys, CancellationToken.None);
        if (shown is not ProviderAnswer.Read(var keys)) return (null, ((ProviderAnswer.Failed)shown).Why);
        return KeySetReader.Read(keys, out why) is { } set ? (new(metadata, set, at), "") : (null, why);
    }

    private sealed record Known(ProviderMetadata Metadata, KeySet Keys, long At);
}
