namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>A reply that is no answer, in words an operator can act on, to follow <c>Redis at host:port</c>.</summary>
internal static class RedisRefusal
{
    public static string Of(RedisReply reply) => reply switch
    {
        RedisReply.Refused(var error) when error.StartsWith("NOAUTH", StringComparison.Ordinal) => "asks for a password; set ledger:redis:password",
        RedisReply.Refused(var error) when IsAboutPassword(error) => "does not take the password; see ledger:redis:password",
        RedisReply.Refused(var error) when error.StartsWith("NOPERM", StringComparison.Ordinal) => $"does not let us do what the ledger needs: {error}",
        RedisReply.Refused(var error) when error.StartsWith("READONLY", StringComparison.Ordinal) => "is a replica; name the master, or all of them",
        RedisReply.Refused(var error) => $"refuses: {error}",
        RedisReply.NotSent(var why) => $"{why}; is it running, and are address, ssl and password right (ledger:redis:configuration, ledger:redis:password)?",
        RedisReply.PerhapsDone(var why) => $"{why}; is it overloaded, or is it something else that listens there?",
        _ => throw new ArgumentOutOfRangeException(nameof(reply), "An answer refuses nothing."),
    };

    private static bool IsAboutPassword(string error) =>
        error.Contains("WRONGPASS", StringComparison.Ordinal) || error.Contains("invalid password", StringComparison.OrdinalIgnoreCase);
}
