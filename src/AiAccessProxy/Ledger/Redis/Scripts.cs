namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// What runs inside Redis, atomically: whatever is true of a change is decided here. The only key that is named is that of the stream
/// (<c>{prefix}:records</c>); all others share its hash slot. Described in <c>docs/redis.md</c>.
/// </summary>
/// <param name="clock">Lua that returns the store's clock in microseconds; tests have another than the server's.</param>
internal sealed class Scripts(string clock)
{
    private const string ServerClock = "local t = redis.call('TIME') return t[1] * 1000000 + t[2]";

    private const string Words = """
        local base = string.sub(KEYS[1], 1, -8)
        local meta = redis.call('HMGET', base .. 'state', 'last', 'time')
        local last = tonumber(meta[1] or '0')
        local real = redis.call('TIME')
        real = real[1] * 1000000 + real[2]
        local function whole(n) return string.format('%.0f', n) end
        local function run() return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') end
        local now = math.max((function() CLOCK end)(), tonumber(meta[2] or '0'))

        """;

    /// <summary>Arguments: see <see cref="CommitArguments"/>. Everything is decided on copies first; writing begins with the stream.</summary>
    private const string Commits = """
        local at = 0
        local function arg() at = at + 1 return ARGV[at] end
        local voidAfter, epoch, floor, wantsRun = tonumber(arg()), arg(), tonumber(arg()), arg()
        local id = wantsRun == '1' and run() or ''
        local function say(word, a, b, c) return {word, whole(now), whole(real), id, whole(last), a or '', b or '', c or ''} end
        if real > voidAfter then return say('stale') end
        if epoch ~= '' and epoch ~= id then return say('epoch') end

        local regs, holders, counts, gone = {}, {}, {}, {}
        local function parse(name, f)
          local kind = string.match(name, '^([^/]*)/')
          return {kind = kind, key = string.sub(name, #kind + 2), rev = tonumber(f[1]), live = f[2] == '1', group = f[3] or '', due = f[4] or '',
            forget = f[5] or '', keys = f[6] and cmsgpack.unpack(f[6]) or {}, env = f[7]}
        end
        local function reg(name)
          local r = regs[name]
          if r == nil then
            local f = redis.call('HMGET', base .. 'register:' .. name, 'revision', 'live', 'group', 'due', 'forget', 'keys', 'sealed')
            r = f[1] and parse(name, f) or false
            regs[name] = r
          end
          if r and not r.live and r.forget ~= '' and tonumber(r.forget) <= now then
            for _, k in ipairs(r.keys) do
              local h = holders[k]
              if h == nil then h = redis.call('HGET', base .. 'unique', k) end
              if h == name then holders[k] = false end
            end
            if r.env then gone[name] = r end
            regs[name] = false
            r = false
          end
          return r
        end
        local function holder(k)
          local h = holders[k]
          if h == nil then
            h = redis.call('HGET', base .. 'unique', k)
            holders[k] = h
          end
          if h and reg(h) then return h end
          return false
        end
        local function count(kind, group)
          local name = base .. 'live:' .. kind .. '/' .. group
          if counts[name] == nil then counts[name] = redis.call('SCARD', name) end
          return name
        end
        local function conflict(name)
          local r = reg(name)
          if not r then return say('conflict') end
          if not r.env then return say('conflict', name, whole(r.rev), '') end
          return say('conflict', name, whole(r.rev), r.env)
        end

        for _, name in ipairs(redis.call('ZRANGEBYSCORE', base .. 'forget', '-inf', whole(now), 'LIMIT', 0, 50)) do reg(name) end
        local records = {}
        for i = 1, tonumber(arg()) do
          local fields = {}
          for j = 1, tonumber(arg()) do fields[j] = arg() end
          records[i] = fields
        end
        local moves = {}
        for i = 1, tonumber(arg()) do
          local m = {name = arg(), from = tonumber(arg()), notAfter = arg(), limit = arg(), live = arg() == '1', group = arg(), due = arg(), forget = arg(), env = arg(), claims = {}}
          for j = 1, tonumber(arg()) do m.claims[j] = {key = arg(), instead = arg()} end
          moves[i] = m
        end
        local checks = {}
        for i = 1, tonumber(arg()) do checks[i] = {name = arg(), rev = tonumber(arg())} end

        for _, m in ipairs(moves) do
          local r = reg(m.name)
          if (r and r.rev or 0) ~= m.from then return conflict(m.name) end
        end
        for _, c in ipairs(checks) do
          local r = reg(c.name)
          if (r and r.rev or 0) ~= c.rev then return conflict(c.name) end
        end
        for _, m in ipairs(moves) do
          if m.notAfter ~= '' and now >= tonumber(m.notAfter) then return say('late') end
        end
        local touched = {}
        for _, m in ipairs(moves) do
          local old = reg(m.name)
          if m.live and old and not old.live then return say('ended', m.name) end
          for _, c in ipairs(m.claims) do
            local h = holder(c.key)
            if h and h ~= m.name and not (h == c.instead and not reg(h).live) then return conflict(h) end
          end
          local kind, key = string.match(m.name, '^([^/]*)/(.*)$')
          if m.from == 0 and m.limit ~= '' and m.live and counts[count(kind, m.group)] >= tonumber(m.limit) then return say('limit', m.limit) end
          touched[m.name] = touched[m.name] or {old = old}
          if old then
            for _, k in ipairs(old.keys) do if holder(k) == m.name then holders[k] = false end end
            if old.live then local n = count(old.kind, old.group) counts[n] = counts[n] - 1 end
          end
          local keys = {}
          for j, c in ipairs(m.claims) do keys[j] = c.key holders[c.key] = m.name end
          if m.live then local n = count(kind, m.group) counts[n] = counts[n] + 1 end
          regs[m.name] = {kind = kind, key = key, rev = m.from + 1, live = m.live, group = m.group, due = m.due, forget = m.forget, keys = keys, move = m}
        end

        local behind = last < floor and whole(last) or ''
        if last < floor then last = floor end
        for i, fields in ipairs(records) do
          local added = redis.pcall('XADD', KEYS[1], whole(last + i) .. '-0', 'stored', whole(now), unpack(fields))
          if type(added) == 'table' and added.err then
            if i == 1 then return say('broken', added.err) end
            return added
          end
        end
        last = last + #records
        redis.call('HSET', base .. 'state', 'last', whole(last), 'time', whole(now))
        local function drop(name, r)
          redis.call('DEL', base .. 'register:' .. name)
          redis.call('ZREM', base .. 'due:' .. r.kind, r.key)
          redis.call('ZREM', base .. 'forget', name)
          if r.live then redis.call('SREM', base .. 'live:' .. r.kind, r.key) redis.call('SREM', base .. 'live:' .. r.kind .. '/' .. r.group, r.key) end
        end
        for name, r in pairs(gone) do drop(name, r) end
        for k, h in pairs(holders) do
          if h then redis.call('HSET', base .. 'unique', k, h) else redis.call('HDEL', base .. 'unique', k) end
        end
        local hints = {}
        for i, m in ipairs(moves) do
          local r, t = regs[m.name], touched[m.name]
          if t.old then drop(m.name, t.old) end
          hints[i] = m.name
          if r then
            redis.call('HSET', base .. 'register:' .. m.name, 'revision', whole(r.rev), 'live', r.live and '1' or '0', 'group', r.group, 'due', r.due,
              'forget', r.forget, 'keys', cmsgpack.pack(r.keys), 'sealed', r.move.env)
            if r.due ~= '' then redis.call('ZADD', base .. 'due:' .. r.kind, r.due, r.key) end
            if not r.live and r.forget ~= '' then redis.call('ZADD', base .. 'forget', r.forget, m.name) end
            if r.live then redis.call('SADD', base .. 'live:' .. r.kind, r.key) redis.call('SADD', base .. 'live:' .. r.kind .. '/' .. r.group, r.key) end
          end
        end
        if #hints > 0 then hints[#hints + 1] = whole(last) end
        if #hints > 0 then redis.pcall('PUBLISH', base .. 'hints', cjson.encode(hints)) end
        return say('done', behind, whole(floor))
        """;

    /// <summary>Arguments: <c>run</c> or nothing; then names of registers, or <c>=</c> and a unique key. Answers how they stand at one moment.</summary>
    private const string Reads = """
        local found = {whole(now), whole(real), ARGV[1] == 'run' and run() or '', whole(last)}
        for i = 2, #ARGV do
          local name = ARGV[i]
          if string.sub(name, 1, 1) == '=' then name = redis.call('HGET', base .. 'unique', string.sub(name, 2)) end
          local f = name and redis.call('HMGET', base .. 'register:' .. name, 'revision', 'live', 'forget', 'sealed') or {}
          if f[1] and f[2] == '0' and f[3] and f[3] ~= '' and tonumber(f[3]) <= now then f = {} end
          found[#found + 1] = name or ''
          found[#found + 1] = f[1] or ''
          found[#found + 1] = f[1] and f[4] or ''
        end
        return found
        """;

    /// <summary>By the server's own clock.</summary>
    public static Scripts Real { get; } = new(ServerClock);

    public string Commit { get; } = Words.Replace("CLOCK", clock, StringComparison.Ordinal) + Commits;

    public string Read { get; } = Words.Replace("CLOCK", clock, StringComparison.Ordinal) + Reads;
}
