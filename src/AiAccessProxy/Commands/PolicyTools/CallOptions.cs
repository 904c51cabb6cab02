using System.CommandLine;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Commands.Ledgers;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary>The options that describe a call, or say where its description is.</summary>
internal sealed class CallOptions
{
    private readonly Option<FileInfo?> _file = new("--call") { Description = "File that describes the call, or holds the request as it is sent." };
    private readonly Option<string?> _agent = new("--agent") { Description = "Id of the agent." };
    private readonly Option<string?> _person = new("--on-behalf-of") { Description = "Id of the person whom the agent acts for." };
    private readonly Option<string?> _method = new("--method") { Description = "Method; GET where there is none." };
    private readonly Option<string?> _path = new("--path") { Description = "Path and query as the agent sends them, route's prefix included." };
    private readonly Option<string[]> _headers = new("--header") { Description = "A header, as in 'X-Env: prod'; may come more than once." };
    private readonly Option<string?> _body = new("--body") { Description = "The body; JSON where no header says otherwise." };

    public Option<string?> Record { get; } = new("--record") { Description = "Id of a record of the ledger." };

    public Option<string> Data { get; } = LedgerFolder.Option();

    public IEnumerable<Option> All => [_file, _agent, _person, _method, _path, _headers, _body, Record, Data];

    /// <summary>What is wrong with where the call comes from, which has to be exactly one place; null when nothing is.</summary>
    public string? Wrong(ParseResult parsed)
    {
        Option[] alone = [_method, _path, _headers, _body];
        var isInOptions = alone.Any(option => IsThere(parsed, option));
        if (new[] { IsThere(parsed, Record), IsThere(parsed, _file), isInOptions }.Count(place => place) != 1)
            return "Say where the call comes from: --call FILE, --record ID, or --agent and --path.";
        return isInOptions && !(IsThere(parsed, _agent) && IsThere(parsed, _path)) ? "A call in options needs --agent and --path." : null;
    }

    /// <summary>Null, and what is wrong, when it describes no call.</summary>
    public TrialCall? Call(ParseResult parsed, out IReadOnlyList<string> problems)
    {
        problems = [];
        if (parsed.GetValue(_file) is not { } file) return OfOptions(parsed, out problems);
        if (BoundedFile.Read(file.FullName, CallFile.Longest) is not { } bytes)
        {
            problems = [$"{file.Name} has more than {CallFile.Longest / 1024 / 1024} MiB"];
            return null;
        }

        if (!RawRequest.IsOne(bytes)) return CallFile.Read(file.Name, bytes, out problems);
        if (RawRequest.Read(bytes, out var wrong) is { } request && parsed.GetValue(_agent) is { } agent)
            return request with { Agent = agent, OnBehalfOf = parsed.GetValue(_person) };
        problems = [wrong.Length > 0 ? $"{file.Name}: {wrong}" : "a request as it is sent does not say who calls: name the agent with --agent"];
        return null;
    }

    private TrialCall? OfOptions(ParseResult parsed, out IReadOnlyList<string> problems)
    {
        var headers = (parsed.GetValue(_headers) ?? []).Select(RawRequest.Field).ToList();
        problems = headers.Contains(null) ? ["a header is written as 'Name: value'"] : [];
        return problems.Count > 0 ? null : new()
        {
            Agent = parsed.GetValue(_agent)!,
            OnBehalfOf = parsed.GetValue(_person),
            Method = parsed.GetValue(_method) ?? "GET",
            Path = parsed.GetValue(_path)!,
            Headers = [.. headers.OfType<HeaderField>()],
            Body = parsed.GetValue(_body) is { } body ? Encoding.UTF8.GetBytes(body) : null,
            ContentType = "application/json",
        };
    }

    private static bool IsThere(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
