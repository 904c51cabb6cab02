using System.CommandLine;

namespace AiAccessProxy.Commands.Server;

/// <summary>A command that is about to ask the server.</summary>
internal sealed record Asked(ControlApi Api, ParseResult Parsed, CancellationToken CancellationToken)
{
    public Task<ApiAnswer> GetAsync(params string[] path) => GetAsync(ApiQuery.Of(path));

    public Task<ApiAnswer> GetAsync(ApiQuery query) => Api.GetAsync(query, CancellationToken);

    public Task<ApiAnswer> PostAsync(object body, params string[] path) => Api.PostAsync(ApiQuery.Of(path), body, CancellationToken);

    public Task<ApiAnswer> AllAsync(ApiQuery query, string items, int limit) => Api.AllAsync(query, items, limit, CancellationToken);
}
