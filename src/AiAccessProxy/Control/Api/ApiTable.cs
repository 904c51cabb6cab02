using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Guarding;
using AiAccessProxy.Policies.Explaining;
using AiAccessProxy.Policies.Trials;
using Microsoft.AspNetCore.Routing;

namespace AiAccessProxy.Control.Api;

/// <summary>The API as one table: what is in it is served, and the document says so.</summary>
internal static class ApiTable
{
    private const string Root = "/api/v1";

    private static readonly ApiParameter Ticket = ApiParameter.Path("id", "Id of the ticket.", "^t_[0-9a-f]{32}$");
    private static readonly ApiParameter Agent = ApiParameter.Path("id", "Id of the agent.", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");
    private static readonly ApiParameter Key = ApiParameter.Path("key", "Id of the key.", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");
    private static readonly ApiParameter Person = ApiParameter.Path("id", "Id of the person.", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");

    private static readonly ApiParameter IfMatch =
        ApiParameter.Header("If-Match", "The `ETag` of the ticket as it was read: the vote counts for that very state or not at all.", "^\"[0-9]{1,18}\"$");

    private static readonly ApiParameter Idempotency = ApiParameter.Header(
        "Idempotency-Key", "A name of this request: its repeat makes no second key, but is told of the first.", "^[!-~]{1,128}$");

    private static readonly ApiParameter LastEvent =
        ApiParameter.Header("Last-Event-ID", "The last event that was heard: everything after it is told.", "^[0-9]{1,18}$");

    private static readonly (int, string)[] OfAgent = [(404, "no-agent"), (403, "operators-only"), (413, "too-large"), (415, "not-json")];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var table = Of(endpoints.ServiceProvider);
        var api = endpoints.MapGroup("").WithMetadata(new Admits(Surface.Api));
        foreach (var endpoint in table) api.MapMethods(endpoint.Path, [endpoint.Method], ApiRequest.Guarding(endpoint));
    }

    public static IReadOnlyList<ApiEndpoint> Of(IServiceProvider services) =>
    [
        .. Tickets(services.GetRequiredService<TicketApi>()),
        .. Agents(services.GetRequiredService<AgentApi>(), services.GetRequiredService<KeyApi>()),
        .. People(services.GetRequiredService<PeopleApi>()),
        .. Policy(services.GetRequiredService<SnapshotApi>(), services.GetRequiredService<PolicyApi>()),
        .. Ledger(services.GetRequiredService<LedgerApi>()),
        .. Program(services.GetRequiredService<EventApi>(), services.GetRequiredService<HealthApi>(), services.GetRequiredService<SettingsApi>()),
        new("GET", $"{Root}/openapi.json", "getOpenApi", "This document.", new(200, typeof(object), "The document."), new ApiDocument(services).WriteAsync) { Tag = "program" },
    ];

    private static IEnumerable<ApiEndpoint> Tickets(TicketApi api) =>
    [
        new("GET", $"{Root}/tickets", "listTickets", "Tickets, page by page.", Page(typeof(TicketListJson)), api.ListAsync)
        {
            Tag = "tickets", Parameters = TicketListing.Parameters,
            Description = "Everybody who may use the API sees every ticket. What would be sent is shown by the single ticket alone.",
        },
        new("GET", $"{Root}/tickets/{{id}}", "getTicket", "A ticket, with exactly what would be sent.", Whole("The ticket."), api.ShowAsync)
        { Tag = "tickets", Parameters = [Ticket], Problems = [(404, "no-ticket")] },
        new("POST", $"{Root}/tickets/{{id}}/votes", "vote", "Approve or deny.", Whole("The ticket after the vote."), api.VoteAsync)
        {
            Tag = "tickets", Parameters = [Ticket, IfMatch], Body = typeof(VoteBody),
            Description = "The same vote by the same person again is answered as the first was, and not counted twice.",
            Problems =
            [
                (400, "reason-required"), (400, "reason-too-long"), (403, "not-entitled"), (403, "self-approval"), (404, "no-ticket"), (409, "finished"),
                (409, "already-voted"), (409, "not-wholly-shown"), (409, "agent-is-suspended"), (412, "stale"), (413, "too-large"), (415, "not-json"),
            ],
        },
    ];

    private static IEnumerable<ApiEndpoint> Agents(AgentApi api, KeyApi keys) =>
    [
        new("GET", $"{Root}/agents", "listAgents", "Agents, page by page, in the order of their ids.", Page(typeof(AgentListJson)), api.ListAsync)
        { Tag = "agents", Parameters = [ApiParameter.Flag("suspended", "Only those that are suspended, or that are not."), Paging.Limit, Paging.From] },
        new("GET", $"{Root}/agents/{{id}}", "getAgent", "An agent, with its keys and what it did today.", new(200, typeof(AgentJson), "The agent."), api.ShowAsync)
        { Tag = "agents", Parameters = [Agent], Problems = [(404, "no-agent")] },
        new("POST", $"{Root}/agents/{{id}}/suspend", "suspendAgent", "Stop an agent.", new(200, typeof(AgentJson), "The agent, suspended."), api.SuspendAsync)
        {
            Tag = "agents", Parameters = [Agent], Body = typeof(DecisionBody), Problems = [.. OfAgent, (400, "reason-too-long")],
            Description = "No call of it passes within two seconds, and nothing of it is approved or used. Its owner and operators may. Again changes nothing.",
        },
        new("POST", $"{Root}/agents/{{id}}/resume", "resumeAgent", "Let a suspended agent call again.", new(200, typeof(AgentJson), "The agent, not suspended."), api.ResumeAsync)
        { Tag = "agents", Parameters = [Agent], Body = typeof(DecisionBody), Problems = [.. OfAgent, (400, "reason-too-long")], Description = "Operators may. Again changes nothing." },
        new("POST", $"{Root}/agents/{{id}}/keys", "createKey", "Make a key.", new(201, typeof(NewKeyJson), "The key and its text, which is shown here alone."), keys.CreateAsync)
        {
            Tag = "agents", Parameters = [Agent, Idempotency], Body = typeof(KeyBody),
            Problems = [.. OfAgent, (403, "not-granted"), (409, "already-made"), (409, "too-many-keys")],
            Description = "Operators may. Whoever makes a key answers for the agent from then on: their votes on its tickets do not count.",
        },
        new("POST", $"{Root}/agents/{{id}}/keys/{{key}}/rotate", "rotateKey", "Make a key in place of another.", new(201, typeof(NewKeyJson), "The new key and its text, which is shown here alone."), keys.RotateAsync)
        {
            Tag = "agents", Parameters = [Agent, Key, Idempotency], Body = typeof(RotationBody),
            Problems = [.. OfAgent, (403, "not-granted"), (404, "no-key"), (409, "already-made"), (409, "key-ended"), (409, "rotating"), (409, "too-many-keys")],
            Description = "Operators may. Both keys are good until the overlap is over; it is a key of agents.yaml or one that was made here.",
        },
        new("POST", $"{Root}/agents/{{id}}/keys/{{key}}/revoke", "revokeKey", "End a key.", new(200, typeof(KeyJson), "The key, ended."), keys.RevokeAsync)
        {
            Tag = "agents", Parameters = [Agent, Key], Body = typeof(DecisionBody), Problems = [.. OfAgent, (404, "no-key"), (400, "reason-too-long")],
            Description = "It proves nobody within two seconds, whatever agents.yaml says. The agent's owner and operators may. Again changes nothing.",
        },
    ];

    private static IEnumerable<ApiEndpoint> People(PeopleApi api) =>
    [
        new("GET", $"{Root}/whoami", "whoAmI", "Whom the key or token proves.", new(200, typeof(WhoAmIJson), "The person."), api.WhoAmIAsync) { Tag = "people" },
        new("GET", $"{Root}/people", "listPeople", "People, page by page, in the order of their ids.", Page(typeof(PersonListJson)), api.ListAsync)
        { Tag = "people", Parameters = [ApiParameter.Text("group", "In this group only."), Paging.Limit, Paging.From] },
        new("GET", $"{Root}/people/{{id}}", "getPerson", "A person.", new(200, typeof(PersonJson), "The person."), api.ShowAsync)
        { Tag = "people", Parameters = [Person], Problems = [(404, "no-person")] },
    ];

    private static IEnumerable<ApiEndpoint> Policy(SnapshotApi snapshot, PolicyApi policy) =>
    [
        new("GET", $"{Root}/policy", "getPolicy", "The rules in force, with what each did today.", new(200, typeof(PolicyJson), "The rules."), snapshot.ShowAsync) { Tag = "policy" },
        new("POST", $"{Root}/policy/decisions", "tryPolicy", "What the rules in force would say of a call.", new(200, typeof(Explanation), "What they say, and why."), policy.DecideAsync)
        {
            Tag = "policy", Body = typeof(CallDescription), Problems = [(413, "too-large"), (415, "not-json")],
            Description = "Nothing is sent, and nothing is recorded as a decision.",
        },
    ];

    private static IEnumerable<ApiEndpoint> Ledger(LedgerApi api) =>
    [
        new("GET", $"{Root}/ledger", "searchLedger", "Records, page by page.", Page(typeof(LedgerPageJson)), api.ListAsync)
        { Tag = "ledger", Parameters = LedgerApi.Parameters, Description = "What is recorded meanwhile moves no page." },
        new("GET", $"{Root}/ledger/export", "exportLedger", "Records as lines, the oldest first.", new(200, typeof(LedgerEntryJson), "One record a line (NDJSON), up to what was there when it was asked.") { MediaType = "application/x-ndjson" }, api.ExportAsync)
        { Tag = "ledger", Parameters = LedgerApi.Filters, Description = "That it was asked for, and by whom, is on record." },
    ];

    private static IEnumerable<ApiEndpoint> Program(EventApi events, HealthApi health, SettingsApi settings) =>
    [
        new("GET", $"{Root}/events", "listenToEvents", "What happens, as it happens (server-sent events).", new(200, typeof(EventJson), "Events `ticket`, `agent` and `policy` with the data below, and their position in the ledger as id; `hello` first, `beat` while nothing happens, `reset` when events were missed, `bye` at the end.") { MediaType = "text/event-stream" }, events.RunAsync)
        { Tag = "program", Parameters = [LastEvent], Problems = [(429, "too-many-listeners")] },
        new("GET", $"{Root}/health", "getHealth", "How the program fares.", new(200, typeof(HealthJson), "How it fares."), health.ShowAsync) { Tag = "program" },
        new("GET", $"{Root}/settings", "getSettings", "What the program runs with, without secrets.", new(200, typeof(SettingListJson), "The settings."), settings.ShowAsync) { Tag = "program" },
    ];

    private static ApiAnswer Page(Type type) => new(200, type, "A page.");

    private static ApiAnswer Whole(string description) => new(200, typeof(TicketJson), description)
    {
        Headers = new Dictionary<string, string> { ["ETag"] = "The ticket's revision, for `If-Match`." },
    };
}
