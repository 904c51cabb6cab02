using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

/// <summary>The embedded ledger keeps the contract.</summary>
public sealed class EmbeddedLedgerTests : LedgerContract
{
    private readonly string _folder = Some.LedgerFolder();

    private protected override async Task<ILedger> OpenAsync() => await Some.OpenLedgerAsync(Time, _folder);

    private protected override ValueTask CloseAsync(ILedger ledger)
    {
        ((EmbeddedLedger)ledger).Dispose();
        return ValueTask.CompletedTask;
    }
}
