using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals;

/// <summary>All that is wrong with the room's settings, at once and before anything listens.</summary>
internal sealed class ApprovalOptionsCheck : IValidateOptions<ApprovalOptions>
{
    public ValidateOptionsResult Validate(string? name, ApprovalOptions options) =>
        options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
