namespace AiAccessProxy.Commands.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its head.</param>
internal sealed record Column(string Name)
{
    /// <summary>So narrow it may become where the terminal is narrow; null when it is never cut, as ids are not.</summary>
    public int? Least { get; init; }

    /// <summary>By a cell's text, how it is coloured (SGR, as in <c>31</c>); null for plain.</summary>
    public Func<string, string?> Colour { get; init; } = _ => null;
}
