using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control;

/// <summary>All that is wrong with the room's settings, at once and before anything listens.</summary>
internal sealed class ControlOptionsCheck : IValidateOptions<ControlOptions>
{
    public ValidateOptionsResult Validate(string? name, ControlOptions options) =>
        options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
