using System.CommandLine;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Commands.Completing;

/// <summary>
/// Arguments and options that name something the server knows; shells complete them by asking it. Each has a name for help, which would ask the
/// server for one otherwise.
/// </summary>
internal static class Named
{
    private const int Most = 100_000;

    public static Argument<string> Ticket() => new("id") { Description = "The ticket's id: t_ and 32 hex digits.", HelpName = "id", CompletionSources = { KnownIds.Tickets } };

    public static Argument<string> Agent() => new("agent") { Description = "The agent's id, as in agents.yaml.", HelpName = "agent", CompletionSources = { KnownIds.Agents } };

    /// <param name="agent">Whose key it is.</param>
    public static Argument<string> Key(Argument<string> agent)
    {
        var key = new Argument<string>("key") { Description = "The key's id, as 'aiaccess agents keys list' tells it.", HelpName = "key" };
        key.CompletionSources.Add(context => KnownIds.KeysOf(context.ParseResult.GetValue(agent)));
        return key;
    }

    public static Option<string?> AgentOption(string description) => new("--agent") { Description = description, HelpName = "agent", CompletionSources = { KnownIds.Agents } };

    public static Option<string?> TicketOption(string description) => new("--ticket") { Description = description, HelpName = "id", CompletionSources = { KnownIds.Tickets } };

    public static Option<string?> Person(string name, string description) => new(name) { Description = description, HelpName = "person", CompletionSources = { KnownIds.People } };

    public static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', values) };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    /// <summary>How many to tell at most; pages are fetched as that takes.</summary>
    public static Option<int> Limit(string description, int usual)
    {
        var limit = new Option<int>("--limit") { Description = $"{description} (1 to {Most}).", DefaultValueFactory = _ => usual, HelpName = "n" };
        limit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number is < 1 or > Most) result.AddError($"--limit is a whole number from 1 to {Most}.");
        });
        return limit;
    }

    public static Option<string[]> Kinds()
    {
        var kinds = new Option<string[]>("--kind") { Description = "Only records of this kind; 'ticket.*' stands for all that begin so. May come several times: any of them.", HelpName = "kind" };
        kinds.CompletionSources.Add(_ => typeof(RecordKind).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!));
        return kinds;
    }
}
