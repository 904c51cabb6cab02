using System.ClientModel;
using AiAccessProxy.EndToEnd.Harness;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Files;

namespace AiAccessProxy.EndToEnd;

/// <summary>The OpenAI SDK as an agent that knows a base URL and a key, and nothing of a proxy.</summary>
public class OpenAiSdkTests
{
    private const string Policy = """
        - id: chat
          match: { methods: [POST], paths: ["/v1/chat/completions"] }
          effect: allow
        - id: delete-file
          action: file.delete
          match: { methods: [DELETE], paths: ["/v1/files/{file}"] }
          effect: require_approval
          risk: high
          summary: "Delete the file {path.file}"
          approval: { need: [{ approvals: 1, from: [group:reviewers] }], decide_within: 10m, use_within: 10m }
        """;

    [Fact]
    public async Task A_streamed_completion_arrives_part_by_part()
    {
        await using var api = await FakeOpenAi.StartAsync();
        await using var world = await StartAsync(api, "hold: 20s");
        var chat = Sdk(world).GetChatClient("m");

        var said = new List<string>();
        api.SendNextPart();
        await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage("What time is it?")]))
        {
            foreach (var part in update.ContentUpdate) said.Add(part.Text);
            // The next part leaves the upstream only after this one has arrived here.
            api.SendNextPart();
        }

        Assert.Equal(["Half ", "past ", "nine"], said);
    }

    [Fact]
    public async Task A_privileged_call_tells_the_SDK_what_it_waits_for_and_its_repeat_goes_through_once_approved()
    {
        await using var api = await FakeOpenAi.StartAsync();
        await using var world = await StartAsync(api, "hold: 0s");
        var (files, grace) = (Sdk(world).GetOpenAIFileClient(), world.Reviewer("grace"));

        var refused = await Assert.ThrowsAsync<ClientResultException>(() => files.DeleteFileAsync("file-1"));
        Assert.Equal(403, refused.Status);
        Assert.Contains("waits for a person's approval", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Repeat the identical call", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, api.Deletions);

        await grace.ApproveAsync(await grace.OnlyPendingAsync());
        Assert.True((await files.DeleteFileAsync("file-1")).Value.Deleted);
        Assert.Equal(1, api.Deletions);
        Assert.Empty(await grace.PendingAsync());
    }

    [Fact]
    public async Task The_retries_that_the_SDK_makes_by_itself_join_the_same_ticket()
    {
        await using var api = await FakeOpenAi.StartAsync();
        await using var world = await StartAsync(api, "hold: 1s\nwhen_pending: retry");
        var (files, grace) = (Sdk(world).GetOpenAIFileClient(), world.Reviewer("grace"));

        var deletion = files.DeleteFileAsync("file-1");
        var ticket = await grace.OnlyPendingAsync();
        await Eventually.HoldsAsync(
            async () => (await world.Story.AllAsync()).Count(record => record.Kind == "ticket.opened") == 1 && !deletion.IsCompleted,
            "the call is still under way");
        await grace.ApproveAsync(ticket);

        Assert.True((await deletion).Value.Deleted);
        Assert.Equal(1, api.Deletions);
        Assert.Single(await world.Story.AllAsync(), record => record.Kind == "ticket.opened");
    }

    private static Task<World> StartAsync(FakeOpenAi api, string more) => World.StartAsync(
        policies => policies.Route("openai", api.Address, Policy, $$"""
            agent_key: [authorization]
            credentials:
              live: { type: header, name: Authorization, value: "Bearer {{FakeOpenAi.Key}}" }
            credential: live
            {{more}}
            """));

    private static OpenAIClient Sdk(World world) => new(
        new ApiKeyCredential(world.Policies.Bot.Text), new OpenAIClientOptions { Endpoint = new Uri(world.Proxy.Agents, "/openai/v1") });
}
