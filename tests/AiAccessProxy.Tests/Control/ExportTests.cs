using AiAccessProxy.Control.Reading;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Control;

public class ExportTests
{
    private const int Records = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_goes_on_for_as_long_as_whoever_asked_for_it_may_have_it()
    {
        await using var console = await StartAsync(() => ValueTask.CompletedTask);
        using var grace = console.Visit();

        using var answer = await grace.ApiAsync(HttpMethod.Get, "/api/v1/ledger/export", "key-of-grace");

        Assert.True((await answer.Content.ReadAsStringAsync(Token)).Split('\n').Length > Records);
    }

    [Fact]
    public async Task An_export_to_somebody_who_was_taken_out_breaks_off_and_does_not_look_whole()
    {
        Console? console = null;
        await using var started = console = await StartAsync(() => console!.Of<PolicyStore>().SwapAsync(
            Console.Snapshot with { People = new([], new Dictionary<string, IReadOnlyList<string>>()) }, Token));
        using var grace = console.Visit();

        await Assert.ThrowsAsync<HttpRequestException>(() => grace.ApiAsync(HttpMethod.Get, "/api/v1/ledger/export", "key-of-grace"));
    }

    /// <summary>A ledger with some records; in the middle of an export something happens, and a second passes.</summary>
    private static async Task<Console> StartAsync(Func<ValueTask> meanwhile)
    {
        var console = await Console.StartAsync();
        for (var i = 0; i < Records; i++) await console.OpenAsync(Some.Privileged(Some.Action("POST", $"/v1/charges/ch_{i}/refunds", Some.Body("{}"))));
        // What the program reads for itself it has read by then.
        await console.Of<LedgerReading>().CatchUpAsync(Token);
        console.Ledger.ReadingBack = async entry =>
        {
            if (entry.Position.Number != Records / 2) return;
            await meanwhile();
            console.Time.Advance(TimeSpan.FromSeconds(1));
        };
        return console;
    }
}
