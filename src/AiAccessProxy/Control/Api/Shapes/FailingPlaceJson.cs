namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A place where reviewers are not told of tickets.</summary>
/// <param name="Place">As <c>notify</c> names it.</param>
/// <param name="Since">Of the first try in a row that came to nothing.</param>
/// <param name="Why">What became of the last.</param>
internal sealed record FailingPlaceJson(string Place, DateTimeOffset Since, string Why);
