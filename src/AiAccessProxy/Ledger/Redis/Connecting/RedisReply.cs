using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>What became of one command or script.</summary>
internal abstract record RedisReply
{
    private RedisReply()
    {
    }

    /// <summary>It ran, and this is what it returned.</summary>
    public sealed record Answered(RedisResult Result) : RedisReply;

    /// <summary>Redis answered with an error: <c>OOM …</c>, <c>READONLY …</c>, <c>MISCONF …</c>. A script that fails midway is not undone.</summary>
    public sealed record Refused(string Error) : RedisReply;

    /// <summary>It never left this process.</summary>
    public sealed record NotSent(string Why) : RedisReply;

    /// <summary>No answer in time, or the connection broke after it was sent: it may have run, or may yet run.</summary>
    public sealed record PerhapsDone(string Why) : RedisReply;
}
