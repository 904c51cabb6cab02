using System.Net;
using System.Security.Authentication;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>Where Redis is and how it is spoken to, read from a configuration string of StackExchange.Redis.</summary>
internal static class RedisAddress
{
    private const string Example = "write it like redis.internal:6379,ssl=true";

    /// <summary>What is wrong with the text. It may hold a password, and is never repeated.</summary>
    public static IEnumerable<string> Problems(string configuration)
    {
        if (configuration.Contains("://", StringComparison.Ordinal)) return [$"is no URL; {Example}"];
        ConfigurationOptions read;
        try
        {
            read = ConfigurationOptions.Parse(configuration);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            var known = wrong is ArgumentException { ParamName: { Length: > 0 } name } && configuration.Contains($"{name}=", StringComparison.OrdinalIgnoreCase) ? $" ('{name}')" : "";
            return [$"is no configuration string of StackExchange.Redis{known}; {Example}"];
        }

        return Senseless(read);
    }

    /// <summary>As the options say, with what the product insists on.</summary>
    public static ConfigurationOptions Of(RedisOptions options)
    {
        var read = ConfigurationOptions.Parse(options.Configuration);
        if (!string.IsNullOrEmpty(options.Password)) read.Password = options.Password;
        // The start is refused in our own words; later it shall come back by itself, however long it was away.
        read.AbortOnConnectFail = false;
        read.ConnectTimeout = Math.Min(read.ConnectTimeout, 5_000);
        // The library's own policy waits for up to a minute between tries after a long outage, all of it with the ledger away.
        read.ReconnectRetryPolicy = new LinearRetry(1_000);
        read.ClientName ??= "aiaccess";
        // A connection whose other end is silently gone is noticed within seconds.
        read.KeepAlive = 2;
        // Of several that say they are the master none is preferred by a key outside our prefix.
        read.TieBreaker = "";
        if (read.Ssl)
        {
            read.SslProtocols ??= SslProtocols.Tls12 | SslProtocols.Tls13;
            if (options.CertificateAuthority is { } file) read.CertificateValidation += new RedisAuthority(file).IsTrusted;
        }

        return read;
    }

    /// <summary>For people: addresses without credentials, and whether what is said there can be overheard.</summary>
    public static string Words(RedisOptions options)
    {
        var read = ConfigurationOptions.Parse(options.Configuration!);
        return $"{Words(read)} ({(read.Ssl ? "TLS" : "no TLS")}), prefix {options.Prefix}";
    }

    /// <summary>For people: addresses without credentials.</summary>
    public static string Words(ConfigurationOptions read) => string.Join(", ", read.EndPoints.Select(point => point switch
    {
        DnsEndPoint(var host, var port) => $"{host}:{port}",
        _ => point.ToString(),
    }));

    private static IEnumerable<string> Senseless(ConfigurationOptions read)
    {
        if (read.EndPoints.Count == 0) yield return $"names no server; {Example}";
        if (read.Proxy != Proxy.None) yield return "a proxy in between cannot run scripts over several keys; name Redis itself";
        if (!string.IsNullOrEmpty(read.ServiceName)) yield return "sentinels are not asked; name the servers themselves, and the one that is the master is used";
        if (!string.IsNullOrEmpty(read.ChannelPrefix)) yield return "has a channelPrefix; set ledger:redis:prefix instead";
    }

    private static void Deconstruct(this DnsEndPoint point, out string host, out int port) =>
        (host, port) = (point.Host, point.Port == 0 ? 6379 : point.Port);
}
