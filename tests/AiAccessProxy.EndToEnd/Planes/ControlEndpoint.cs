using AiAccessProxy.Commands.Serving;
using AiAccessProxy.Control.Guarding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AiAccessProxy.EndToEnd.Planes;

/// <summary>One endpoint of the control plane, as the product itself lists it, and a request that means something to it.</summary>
/// <param name="Target">Its template, filled in.</param>
/// <param name="Body">Null: none. Of pages it is a form, of the API JSON.</param>
internal sealed record ControlEndpoint(string Method, string Template, Surface Surface, string Target, string? Body)
{
    /// <summary>What makes the program serve the endpoints of channels, too. Nobody issues tokens for that app.</summary>
    public static Dictionary<string, string?> Channels { get; } = new()
    {
        ["teams:microsoftAppId"] = "abcdefab-0000-4000-8000-00000000000a",
        ["teams:microsoftAppTenantId"] = "abcdefab-0000-4000-8000-00000000000b",
        ["teams:microsoftAppPassword"] = "none",
        // Nothing listens there: nobody is asked for keys beyond this machine.
        ["teams:toBotFromChannelOpenIdMetadataUrl"] = "https://127.0.0.1:9/metadata",
    };

    public string Name => $"{Method} {Template}";

    public bool IsJson => Surface is Surface.Api or Surface.Channel;

    /// <summary>All of them, taken from the routes of the program as it is put together to serve.</summary>
    /// <param name="filled">What stands in place of a parameter: <c>/tickets/{id}</c> and what it becomes.</param>
    /// <param name="bodies">What is sent to those that change something; null: nothing.</param>
    public static async Task<IReadOnlyList<ControlEndpoint>> AllAsync(string policies, IReadOnlyDictionary<string, string> filled, IReadOnlyDictionary<string, string>? bodies, bool channels = false)
    {
        var settings = new ServeSettings(new Dictionary<string, string?>(channels ? Channels : []) { ["policies:folder"] = policies }, []);
        await using var app = ServeHost.Build(settings, new("agent"), new("control"));
        return
        [
            .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
               select Of(method, endpoint.RoutePattern.RawText!, endpoint.Metadata.GetRequiredMetadata<Admits>().Surface, filled, bodies),
        ];
    }

    private static ControlEndpoint Of(
        string method, string template, Surface surface, IReadOnlyDictionary<string, string> filled, IReadOnlyDictionary<string, string>? bodies)
    {
        var target = filled.Aggregate(template, (text, one) => text.Replace(one.Key, one.Value, StringComparison.Ordinal));
        Assert.False(target.Contains('{', StringComparison.Ordinal), $"Nobody tries {method} {template}: say in the test what stands in it.");
        if (method == "GET" || bodies is null) return new(method, template, surface, target, null);
        Assert.True(bodies.TryGetValue($"{method} {template}", out var body), $"Nobody tries {method} {template}: say in the test what is sent to it.");
        return new(method, template, surface, target, body);
    }
}
