using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>axe-core on a page. <c>test.sh</c> installs it under <c>tests/Accessibility</c>.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Source =
        new(() => File.ReadAllText(Path.Combine(Built.Root, "tests/Accessibility/node_modules/axe-core/axe.min.js")));

    /// <summary>All that it finds wrong, one line each: how bad, which rule, and where.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Source.Value);
        return await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(found =>
              found.nodes.map(node => `${found.impact} ${found.id}: ${node.target.join(' ')} — ${(node.failureSummary ?? '').replace(/\s+/g, ' ')}`))
            """);
    }
}
