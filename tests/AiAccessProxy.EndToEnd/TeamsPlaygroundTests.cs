using AiAccessProxy.EndToEnd.Harness;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>The bot in Microsoft's own client: it is installed by opening a chat, remembered, and answers.</summary>
public class TeamsPlaygroundTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_bot_is_installed_in_a_chat_and_says_who_somebody_is_to_it()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.InEntra(Playground.ObjectIdOf).Route("api", upstream.Address, Rules.WritesWait), [.. Playground.Settings]);
        using var scratch = new Scratch();
        await using var playground = await Playground.StartAsync(scratch.Folder("playground"), world.Proxy.Console, "grace");
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout((float)Eventually.Generous.TotalMilliseconds);

        await page.GotoAsync(playground.Address.AbsoluteUri);
        await world.Story.AllAsync(records => records.Any(record => record.Kind == "channel.installed"), "the bot is known to be there");
        await Playground.SayAsync(page, "who am i");

        await page.GetByText("You are Grace (grace)").First.WaitForAsync();
    }
}
