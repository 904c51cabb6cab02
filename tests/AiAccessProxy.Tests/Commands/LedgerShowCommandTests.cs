using System.Text.Json;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Commands;

public sealed class LedgerShowCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aiaccess-show-").FullName;
    private readonly ManualTime _time = new();

    [Fact]
    public async Task The_story_is_told_in_order_beside_the_process_that_writes_it()
    {
        using var ledger = Open();
        await WriteAsync(ledger, "first-bot", null);
        await WriteAsync(ledger, "second-bot", "t_1");

        var run = await ShowAsync();

        Assert.Equal(0, run.Code);
        Assert.Collection(
            run.Lines,
            line => Assert.Contains("first-bot", line, StringComparison.Ordinal),
            line => Assert.Contains("second-bot", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_ticket_one_agent_or_one_span_of_time_can_be_asked_for()
    {
        using var ledger = Open();
        await WriteAsync(ledger, "first-bot", "t_1");
        _time.Advance(TimeSpan.FromHours(1));
        var between = _time.GetUtcNow().AddMinutes(-1).ToString("yyyy-MM-ddTHH:mm");
        await WriteAsync(ledger, "second-bot", "t_2");

        Assert.Contains("first-bot", Assert.Single((await ShowAsync("--ticket", "t_1")).Lines), StringComparison.Ordinal);
        Assert.Contains("second-bot", Assert.Single((await ShowAsync("--agent", "second-bot")).Lines), StringComparison.Ordinal);
        Assert.Contains("second-bot", Assert.Single((await ShowAsync("--since", between)).Lines), StringComparison.Ordinal);
        Assert.Contains("first-bot", Assert.Single((await ShowAsync("--until", between)).Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_whole_record_a_line_in_plain_ascii()
    {
        using var ledger = Open();
        await WriteAsync(ledger, "böt\u202e\u009b", "t_1");

        var line = Assert.Single((await ShowAsync("--json")).Lines);

        var record = JsonDocument.Parse(line).RootElement;
        Assert.Equal(1, record.GetProperty("position").GetInt64());
        Assert.Equal("böt\u202e\u009b", record.GetProperty("agent").GetProperty("id").GetString());
        Assert.True(record.TryGetProperty("stored_at", out _));
        Assert.All(line, character => Assert.InRange(character, ' ', '~'));
    }

    [Fact]
    public async Task Nothing_found_is_code_3_and_no_ledger_is_code_1()
    {
        using (var ledger = Open()) await WriteAsync(ledger, "first-bot", null);

        var nothing = await ShowAsync("--ticket", "t_9");
        var nowhere = await CommandRun.OfAsync("ledger", "show", "--data", Path.Combine(_folder, "nowhere"));
        var never = await ShowAsync("--since", "yesterday-ish");

        Assert.Equal((3, 1, 2), (nothing.Code, nowhere.Code, never.Code));
        Assert.All([nothing, nowhere, never], run => Assert.Single(run.ErrorLines));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private EmbeddedLedger Open() =>
        EmbeddedLedger.Open(new LedgerOptions { Folder = _folder, ReserveBytes = 0 }, _time, NullLogger<EmbeddedLedger>.Instance);

    private async Task WriteAsync(EmbeddedLedger ledger, string agent, string? ticket) => await ledger.AppendAsync(
        new LedgerRecord
        {
            Id = Guid.CreateVersion7(_time.GetUtcNow()),
            Time = _time.GetUtcNow(),
            Kind = RecordKind.Decided,
            Instance = "any",
            Agent = new RecordedAgent(agent, "ada", null, "key:k1"),
            Ticket = ticket,
        },
        TestContext.Current.CancellationToken);

    private Task<CommandRun> ShowAsync(params string[] options) => CommandRun.OfAsync(["ledger", "show", "--data", _folder, .. options]);
}
