using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.SignIn;

/// <summary>The one-time sign-in link of <c>--local</c>: single use, five minutes. Whoever can read the start-up's output can use it.</summary>
internal sealed class LocalLink(IOptions<ControlOptions> options, TimeProvider time)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private string? _hash;
    private long _made;

    /// <summary>Id of the person that it signs in; null when there is no such link.</summary>
    public string? Person => options.Value.Local;

    /// <summary>A new link at <paramref name="console"/>; the one before is void.</summary>
    public Uri Make(Uri console)
    {
        if (Person is null) throw new InvalidOperationException("control:local names nobody.");
        var code = Secret.Make();
        lock (_lock) (_hash, _made) = (Secret.HashOf(code), time.GetTimestamp());
        return new(console, $"/sign-in/local?code={code}");
    }

    /// <summary>Uses the link up. Null when it is not the one that was given out, has been used, or is too old.</summary>
    public string? Take(string code)
    {
        lock (_lock)
        {
            if (_hash is null || !Secret.Same(_hash, Secret.HashOf(code))) return null;
            _hash = null;
            return time.GetElapsedTime(_made) < Lasts ? Person : null;
        }
    }

    /// <summary>Undoes <see cref="Take"/> when the sign-in could not be recorded and so did not happen.</summary>
    public void GiveBack(string code)
    {
        lock (_lock) _hash ??= Secret.HashOf(code);
    }
}
