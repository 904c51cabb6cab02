namespace AiAccessProxy.Telemetry;

/// <summary>Every attribute that the product sets on spans and their events.</summary>
internal static class Attributes
{
    public const string Agent = "ai_access.agent";
    public const string OnBehalfOf = "ai_access.on_behalf_of";
    public const string Route = "ai_access.route";
    public const string Rule = "ai_access.rule";
    public const string Rules = "ai_access.rules";
    public const string Decision = "ai_access.decision";
    public const string Risk = "ai_access.risk";
    public const string Action = "ai_access.action";
    public const string Policy = "ai_access.policy";
    public const string Ticket = "ai_access.ticket";
    public const string TicketStatus = "ai_access.ticket.status";
    public const string Record = "ai_access.record";
    public const string Problem = "ai_access.problem";
    public const string Credential = "ai_access.credential";
    public const string Vote = "ai_access.vote";
    public const string Reviewer = "ai_access.reviewer";
    public const string Channel = "ai_access.channel";

    public const string HttpMethod = "http.request.method";
    public const string HttpRoute = "http.route";
    public const string HttpStatus = "http.response.status_code";
    public const string ErrorType = "error.type";
    public const string UrlScheme = "url.scheme";
    public const string UrlPath = "url.path";
    public const string UrlFull = "url.full";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ProtocolVersion = "network.protocol.version";

    public const string GenAiOperation = "gen_ai.operation.name";
    public const string GenAiModel = "gen_ai.request.model";
    public const string GenAiTool = "gen_ai.tool.name";
    public const string McpMethod = "mcp.method.name";
    public const string McpProtocol = "mcp.protocol.version";

    private const string OfCalls = "call";

    private const string Servers = "call, request";

    public static IReadOnlyList<SpanAttribute> All { get; } =
    [
        new(Agent, "call", "the agent's id") { IsIdentity = true },
        new(OnBehalfOf, OfCalls, "the person's id") { IsIdentity = true },
        new(Route, "call, upstream", "id of the policy's route"),
        new(Rule, OfCalls, "id of the rule that decided, of several the first by id; `none` for the route's default"),
        new(Rules, OfCalls, "ids of all rules that decided"),
        new(Decision, OfCalls, "`allow`, `deny`, `require_approval`"),
        new(Risk, "call, hold", "`low`, `medium`, `high`, `critical`, `none`"),
        new(Action, OfCalls, "the kind of action that the rule names (`payment.refund`)"),
        new(Policy, OfCalls, "hash of the rules in force"),
        new(Ticket, "call, hold, vote", "the ticket's id"),
        new(TicketStatus, "hold, `decided`", "how the ticket stood when the hold ended"),
        new(Record, OfCalls, "id of the record of the ledger that let the call through, or that says why not"),
        new(Problem, OfCalls, "kind of the problem that the agent was answered with"),
        new(Credential, "upstream", "id of the credential that was added"),
        new(Vote, "vote, `vote`", "`approve`, `deny`; `refused` on a vote's own span when it does not count"),
        new(Reviewer, "vote, `vote`", "the person's id") { IsIdentity = true },
        new(Channel, "vote, `vote`, `notified`", "`console`, `api`, `teams`, …"),
        new(HttpMethod, "call, request, upstream", "as HTTP's registry has it, else `_OTHER`"),
        new(HttpRoute, Servers, "the policy route's prefix and `/**`; on the control plane the endpoint's pattern"),
        new(HttpStatus, "call, request, upstream", "of the answer"),
        new(ErrorType, "call, request, upstream", "the problem's kind, or the status, or as `ai_access.upstream.errors` has it"),
        new(UrlScheme, Servers, "`http`, `https`"),
        new(UrlPath, OfCalls, "after the route's prefix, without query, what rules redact as `[redacted]`; only of a call that a rule decided"),
        new(UrlFull, "upstream", "the upstream's origin and the same path"),
        new(ServerAddress, "call, request, upstream", "what the plane or the upstream is called by settings or policy; never the Host that was sent"),
        new(ServerPort, "call, request, upstream", "its port"),
        new(ProtocolVersion, Servers, "`1.1`, `2`"),
        new(GenAiOperation, OfCalls, "`chat`, `embeddings`, `execute_tool` …, when the path or the MCP method says so"),
        new(GenAiModel, OfCalls, "`body.model`, when the body was read for a rule, is not redacted, and the value looks like a name"),
        new(GenAiTool, OfCalls, "`body.params.name` of an MCP `tools/call`, under the same conditions"),
        new(McpMethod, OfCalls, "`body.method` of a JSON-RPC call, when it is one of MCP's"),
        new(McpProtocol, OfCalls, "`MCP-Protocol-Version`, when it is a date"),
    ];
}
