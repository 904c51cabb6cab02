using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate.Limits;

/// <summary>All that is wrong with the limits, at once and before anything listens.</summary>
internal sealed class LimitOptionsCheck : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options) =>
        options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
