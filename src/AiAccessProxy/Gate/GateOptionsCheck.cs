using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate;

/// <summary>All that is wrong with the room's settings, at once and before anything listens.</summary>
internal sealed class GateOptionsCheck : IValidateOptions<GateOptions>
{
    public ValidateOptionsResult Validate(string? name, GateOptions options) =>
        options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
