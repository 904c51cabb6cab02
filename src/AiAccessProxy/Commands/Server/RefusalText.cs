using System.Net;
using System.Text.Json;
using AiAccessProxy.Control;

namespace AiAccessProxy.Commands.Server;

/// <summary>An answer that says no, as one line and an exit code.</summary>
internal static class RefusalText
{
    public static ApiAnswer.Refused Of(HttpStatusCode status, string body)
    {
        if (ServerJson.Parse(body) is not { ValueKind: JsonValueKind.Object } problem || !problem.TryGetProperty("detail", out var detail))
            return new(CodeOf(status, null), $"the server answered {(int)status} without saying why; is it the control plane?");
        var kind = problem.TryGetProperty("type", out var type) && type.ToString() is var name && name.StartsWith(ControlProblem.TypePrefix, StringComparison.Ordinal)
            ? name[ControlProblem.TypePrefix.Length..]
            : null;
        return new(CodeOf(status, kind), detail.ToString(), kind);
    }

    private static int CodeOf(HttpStatusCode status, string? kind) => status switch
    {
        // No such page: another program answers there, or another version of this one.
        HttpStatusCode.NotFound when kind == ControlProblem.NotFound.Kind => ExitCode.Failed,
        HttpStatusCode.NotFound => ExitCode.NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.Refused,
        HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.PreconditionFailed => ExitCode.TooLate,
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => ExitCode.Wrong,
        _ => ExitCode.Failed,
    };
}
