namespace AiAccessProxy.Commands.Server;

/// <summary>A path of the API with what is asked of it. Whatever the values hold, they stay values.</summary>
internal sealed record ApiQuery(string Path)
{
    private IReadOnlyList<(string Name, string Value)> Asked { get; init; } = [];

    /// <summary>Below the API's root, each part one segment.</summary>
    public static ApiQuery Of(params string[] segments) => new($"/api/v1/{string.Join('/', segments.Select(Uri.EscapeDataString))}");

    /// <summary>The same when <paramref name="value"/> is null.</summary>
    public ApiQuery With(string name, string? value) => value is null ? this : this with { Asked = [.. Asked, (name, value)] };

    public ApiQuery With(string name, IEnumerable<string> values) => values.Aggregate(this, (query, value) => query.With(name, value));

    public override string ToString() => Asked.Count == 0
        ? Path
        : $"{Path}?{string.Join('&', Asked.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"))}";
}
