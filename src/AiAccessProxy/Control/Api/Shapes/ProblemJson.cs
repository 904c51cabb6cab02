namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>An RFC 9457 problem.</summary>
/// <param name="Type"><c>urn:ai-access:problem:</c> and the kind.</param>
internal sealed record ProblemJson(string Type, string Title, int Status, string Detail);
