using System.Diagnostics;
using System.Text.Json;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>Microsoft's own renderer of Adaptive Cards (npm: adaptivecards), in node without a browser. <c>test.sh</c> installs it.</summary>
internal static class CardRenderer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<IReadOnlyList<RenderedCard>> RenderAsync(IEnumerable<string> cards)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.cards");
        try
        {
            await File.WriteAllLinesAsync(path, cards, TestContext.Current.CancellationToken);
            return [.. (await RunAsync(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<RenderedCard>(line, Json)!)];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<string> RunAsync(string path)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Repository.PathOf("tests/Cards/render.mjs"), path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(Some.Runs(3)), TimeProvider.System);
        try
        {
            var (output, errors) = (node.StandardOutput.ReadToEndAsync(late.Token), node.StandardError.ReadToEndAsync(late.Token));
            await Task.WhenAll(output, errors);
            await node.WaitForExitAsync(late.Token);
            Assert.True(node.ExitCode == 0, await errors);
            return await output;
        }
        finally
        {
            if (!node.HasExited) node.Kill();
        }
    }
}
