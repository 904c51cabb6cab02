namespace AiAccessProxy.Control.Api.Describing;

/// <summary>
/// One operation of the API: what serves it and what the document says of it stand in one place, so that nothing is served that is not
/// described.
/// </summary>
/// <param name="Id">The operation's name, for generated clients.</param>
internal sealed record ApiEndpoint(string Method, string Path, string Id, string Summary, ApiAnswer Answer, RequestDelegate Run)
{
    public string? Description { get; init; }

    public required string Tag { get; init; }

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>Type of the body that is asked for; null: none.</summary>
    public Type? Body { get; init; }

    /// <summary>Kinds of problems that are its own, with their statuses; what every operation may answer is not repeated.</summary>
    public IReadOnlyList<(int Status, string Kind)> Problems { get; init; } = [];
}
