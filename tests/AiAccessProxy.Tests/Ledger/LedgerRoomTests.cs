using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Ledger;

public sealed class LedgerRoomTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_is_open_before_anything_else_starts_and_closed_with_the_host()
    {
        var folder = Some.LedgerFolder();
        using (var host = Host(("Ledger:Folder", folder), ("Ledger:Durability", "always"), ("Ledger:ReserveBytes", "8192")))
        {
            await host.StartAsync(Token);
            Assert.Equal(new Position(1), await host.Services.GetRequiredService<ILedger>().AppendAsync(Some.Record(), Token));
            Assert.True(host.Services.GetRequiredService<LedgerHealth>().IsOk);
            Assert.Equal(8192, new FileInfo(Path.Combine(folder, Reserve.FileName)).Length);
            await host.StopAsync(Token);
        }

        using var again = Story.Open(folder);
        Assert.Equal(new Position(1), again.Durable);
    }

    [Theory]
    [InlineData("Ledger:Folder", " ", "Ledger:Folder is empty")]
    [InlineData("Ledger:SegmentBytes", "12", "Ledger:SegmentBytes is 12")]
    [InlineData("Ledger:ReserveBytes", "-1", "Ledger:ReserveBytes is -1")]
    [InlineData("Ledger:FlushAfter", "00:00:02", "Ledger:FlushAfter is 00:00:02")]
    [InlineData("Ledger:Durability", "sometimes", "Ledger:Durability")]
    [InlineData("Ledger:Durability", "7", "Ledger:Durability must be")]
    [InlineData("Ledger:Folder", "/dev/null/ledger", "/dev/null/ledger cannot be used")]
    public async Task What_is_wrong_with_the_settings_refuses_the_start_in_one_line(string name, string value, string said)
    {
        using var host = Host((name, value));

        var refused = await Assert.ThrowsAsync<LedgerRefusedException>(() => host.StartAsync(Token));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static IHost Host(params (string Name, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["Ledger:Folder"] = Some.LedgerFolder();
        foreach (var (name, value) in settings) builder.Configuration[name] = value;
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddLedger(builder.Configuration);
        return builder.Build();
    }
}
