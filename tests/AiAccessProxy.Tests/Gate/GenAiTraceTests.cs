using System.Diagnostics;
using AiAccessProxy.Actions;
using AiAccessProxy.Gate;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Tests.Gate;

/// <summary>What spans say of calls to models and MCP servers: names, and nothing else of a body.</summary>
public class GenAiTraceTests
{
    [Theory]
    [InlineData("/v1/chat/completions", """{ "model": "gpt-5-mini", "messages": [] }""", "gen_ai.operation.name=chat gen_ai.request.model=gpt-5-mini")]
    [InlineData("/v1/embeddings", """{ "model": "text-embedding-3" }""", "gen_ai.operation.name=embeddings gen_ai.request.model=text-embedding-3")]
    [InlineData("/elsewhere", """{ "model": "T" }""", "gen_ai.request.model=T")]
    [InlineData("/v1/chat/completions", """{ "model": "two words of a secret" }""", "")]
    [InlineData("/v1/chat/completions", """{ "model": { "a": 1 } }""", "")]
    [InlineData("/mcp", """{ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "delete_file", "arguments": { "path": "/x" } } }""", "gen_ai.operation.name=execute_tool gen_ai.tool.name=delete_file mcp.method.name=tools/call")]
    [InlineData("/mcp", """{ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }""", "mcp.method.name=tools/list")]
    [InlineData("/mcp", """{ "jsonrpc": "2.0", "id": 1, "method": "sk-secret" }""", "")]
    [InlineData("/mcp", """{ "method": "tools/list" }""", "")]
    [InlineData("/mcp", """[{ "jsonrpc": "2.0", "method": "tools/list" }]""", "")]
    [InlineData("/mcp", "model=gpt", "")]
    public void A_call_to_a_model_or_a_tool_is_named_and_nothing_else_of_its_body_is_told(string target, string body, string said)
    {
        using var span = new Activity("call").Start();
        GenAiTrace.Tell(span, Some.Privileged(Some.Action("POST", target, Some.Body(body))));

        Assert.Equal(said, string.Join(' ', span.TagObjects.Where(tag => tag.Value is not null).Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal)));
        Assert.Subset(Attributes.All.Select(one => one.Name).ToHashSet(), span.TagObjects.Select(tag => tag.Key).ToHashSet());
    }

    [Theory]
    [InlineData("body.model")]
    [InlineData("body.*")]
    [InlineData("body")]
    public void What_a_rule_redacts_is_not_told(string field)
    {
        using var span = new Activity("call").Start();
        var action = Some.Action("POST", "/v1/chat/completions", Some.Body("""{ "model": "gpt-5-mini" }"""));
        GenAiTrace.Tell(span, Some.Privileged(action, Some.NeedsApproval(redact: [new(Some.Field(field), new FieldReading.Absent())])));

        Assert.Empty(span.TagObjects);
    }
}
