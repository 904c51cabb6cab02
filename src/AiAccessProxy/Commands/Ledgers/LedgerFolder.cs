using System.CommandLine;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Commands.Ledgers;

/// <summary>The folder of an embedded ledger, for commands that read it themselves; and what to do where the ledger is in Redis, and in no folder.</summary>
internal static class LedgerFolder
{
    /// <summary>For the help of such a command.</summary>
    public const string Note = """
        It reads the folder of an embedded ledger (or a copy of it). A ledger in Redis has none: ask a running server with 'aiaccess ledger list',
        'aiaccess ledger record' or 'aiaccess ledger export', with AIACCESS_URL set.
        """;

    private const string Folder = "AIACCESS__LEDGER__FOLDER";

    private const string Redis = "AIACCESS__LEDGER__REDIS__CONFIGURATION";

    private const string Remedy = "set AIACCESS_URL and ask a running server: aiaccess ledger list (or record, or export)";

    public static Option<string> Option() => new("--data")
    {
        Description = "Folder of an embedded ledger.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Folder) ?? new LedgerOptions().Folder,
    };

    /// <summary>Why no folder is read: nobody named one, and this environment's ledger is in Redis. Null when there may be one.</summary>
    public static string? Problem(ParseResult parsed, Option<string> data) =>
        parsed.GetResult(data) is null or { Implicit: true } && !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Redis))
            ? $"the ledger of this environment is in Redis ({Redis}), and this reads a folder; {Remedy}, or name a folder with --data"
            : null;

    /// <summary>Why it cannot be read, and what else there is.</summary>
    public static string Words(LedgerRefusedException refused) =>
        refused.Message.StartsWith("There is no ledger", StringComparison.Ordinal) ? $"{refused.Message} If it is in Redis, {Remedy}." : refused.Message;
}
