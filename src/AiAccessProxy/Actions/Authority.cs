using System.Globalization;

namespace AiAccessProxy.Actions;

/// <summary>The host that a call is for, and its port when it names one.</summary>
/// <param name="Host">In lower case and in its ASCII form: a name of A-labels, four decimal numbers, or IPv6 in brackets.</param>
internal sealed record Authority(string Host, int? Port)
{
    /// <summary>Reads <c>Host</c> or <c>:authority</c>, strictly: what servers are known to read differently is refused.</summary>
    public static AuthorityReading Read(string text) => new AuthorityReader(text).Read();

    /// <summary>Whether this, as a setting or route names it, is the authority of a call; without a port it is on any.</summary>
    public bool Covers(Authority call) => Host == call.Host && (Port is null || Port == call.Port);

    public override string ToString() => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}") : Host;
}
