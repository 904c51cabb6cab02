using System.Globalization;
using AiAccessProxy.Ledger.Redis;
using AiAccessProxy.Tests.Ledger.Redis;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>
/// Somebody with <c>redis-cli</c> at the Redis of running proxies: sees everything, knows every format, writes whatever they like, and lacks the
/// secret only.
/// </summary>
internal sealed class RedisIntruder(RedisServer redis)
{
    private const string Base = "{ai-access}:";
    /// <summary>Whether an entry of the stream has a field of that value.</summary>
    private const string Has = """
        local function has(fields, name, value)
          for i = 1, #fields, 2 do
            if fields[i] == name and fields[i + 1] == value then return true end
          end
          return false
        end

        """;

    private const string Secret = "a secret that nobody else here has got at all";

    /// <summary>Keeps the register as it is now, to be put somewhere later.</summary>
    public Task KeepAsync(string ticket, string name) => redis.CliAsync("COPY", Register(ticket), Kept(ticket, name), "REPLACE");

    /// <summary>Puts what was kept of one ticket in place of another, or of itself.</summary>
    public Task PutAsync(string kept, string name, string ticket) => redis.CliAsync("COPY", Kept(kept, name), Register(ticket), "REPLACE");

    public Task DeleteAsync(string ticket) => redis.CliAsync("DEL", Register(ticket));

    public Task SetAsync(string ticket, string field, string value) => redis.CliAsync("HSET", Register(ticket), field, value);

    /// <summary>Turns one bit of the envelope over.</summary>
    public Task FlipAsync(string ticket, Random random) => EvalAsync(
        """
        local s = redis.call('HGET', KEYS[1], 'sealed')
        local at = tonumber(ARGV[1]) % #s + 1
        redis.call('HSET', KEYS[1], 'sealed', string.sub(s, 1, at - 1) .. string.char(bit.bxor(string.byte(s, at), tonumber(ARGV[2]))) .. string.sub(s, at + 1))
        """, Register(ticket), Text(random.Next(1 << 20)), Text(1 << random.Next(8)));

    /// <summary>An envelope of the right form that says the ticket is approved, under a secret of their own.</summary>
    public async Task ForgeAsync(string ticket, string agent)
    {
        var revision = long.Parse(await redis.CliAsync("HGET", Register(ticket), "revision"), CultureInfo.InvariantCulture) + 1;
        var (envelope, _) = new RegisterSeal(new([Secret], "ai-access")).Close(
            new($"ticket/{ticket}", revision, 0, agent, null, null, []), """{"status":"approved","approvals":[]}"""u8);
        await EvalAsync(
            "redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'sealed', (string.gsub(ARGV[2], '..', function(h) return string.char(tonumber(h, 16)) end)))",
            Register(ticket), Text(revision), Convert.ToHexString(envelope));
    }

    /// <summary>Every unique key of the one leads to the other; and of the other, when <paramref name="other"/> is null, nowhere.</summary>
    public Task PointAsync(string ticket, string? other) => EvalAsync(
        """
        local all = redis.call('HGETALL', KEYS[1])
        for i = 1, #all, 2 do
          if all[i + 1] == ARGV[1] then
            if ARGV[2] == '' then redis.call('HDEL', KEYS[1], all[i]) else redis.call('HSET', KEYS[1], all[i], ARGV[2]) end
          end
        end
        """, Base + "unique", $"ticket/{ticket}", other is null ? "" : $"ticket/{other}");

    /// <summary>The lists of live and due tickets say that it is live, and due at that time.</summary>
    public async Task ListAsync(string ticket, string agent, string due)
    {
        await redis.CliAsync("SADD", Base + "live:ticket", ticket);
        await redis.CliAsync("SADD", Base + "live:ticket/" + agent, ticket);
        await redis.CliAsync("ZADD", Base + "due:ticket", due, ticket);
    }

    /// <summary>Copies of the records of one ticket at the end of the stream, with one text in them replaced by another.</summary>
    public Task RepeatRecordsAsync(string ticket, string kind, string from, string to) => EvalAsync(
        """
        local last, before = tonumber(redis.call('HGET', KEYS[2], 'last')), redis.call('HGET', KEYS[2], 'last')
        for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
          local f = entry[2]
          if has(f, 'ticket', ARGV[1]) and has(f, 'kind', ARGV[2]) then
            last = last + 1
            for i = 2, #f, 2 do
              local at, to = string.find(f[i], ARGV[3], 1, true)
              while at do
                f[i] = string.sub(f[i], 1, at - 1) .. ARGV[4] .. string.sub(f[i], to + 1)
                at, to = string.find(f[i], ARGV[3], at + #ARGV[4], true)
              end
            end
            redis.call('XADD', KEYS[1], string.format('%.0f', last) .. '-0', unpack(f))
          end
        end
        redis.call('HSET', KEYS[2], 'last', string.format('%.0f', last))
        if last == tonumber(before) then return 'there is no such record' end
        """, [Base + "records", Base + "state"], ticket, kind, from, to);

    /// <summary>Takes the records of one ticket, of that kind and later, out of the stream.</summary>
    public Task TakeOutAsync(string ticket, string kind) => EvalAsync(
        """
        local since = false
        for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
          local named = has(entry[2], 'ticket', ARGV[1])
          since = since or (named and has(entry[2], 'kind', ARGV[2]))
          if since and named then redis.call('XDEL', KEYS[1], entry[1]) end
        end
        if not since then return 'there is no such record' end
        """, Base + "records", ticket, kind);

    /// <summary>A record that nobody wrote.</summary>
    public Task ForeignAsync(string ticket, string kind) => EvalAsync(
        """
        local last = string.format('%.0f', tonumber(redis.call('HGET', KEYS[2], 'last')) + 1)
        redis.call('XADD', KEYS[1], last .. '-0', 'stored', '1', 'kind', ARGV[2], 'ticket', ARGV[1], 'record', '{"kind":"' .. ARGV[2] .. '","ticket":"' .. ARGV[1] .. '"}', 'seal', 'x.y.1.z')
        redis.call('HSET', KEYS[2], 'last', last)
        """, [Base + "records", Base + "state"], ticket, kind);

    /// <summary>As if the ticket had moved, so that whoever holds its calls looks.</summary>
    public Task HintAsync(string ticket) => redis.CliAsync("PUBLISH", Base + "hints", $"[\"ticket/{ticket}\"]");

    private static string Register(string ticket) => $"{Base}register:ticket/{ticket}";

    private static string Kept(string ticket, string name) => $"{Base}kept:{ticket}:{name}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private Task EvalAsync(string script, string key, params string[] arguments) => EvalAsync(script, [key], arguments);

    private async Task EvalAsync(string script, string[] keys, params string[] arguments)
    {
        var said = await redis.CliAsync(["EVAL", Has + script, $"{keys.Length}", .. keys, .. arguments]);
        Assert.True(said.Length == 0, said);
    }
}
