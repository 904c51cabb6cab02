using AiAccessProxy.Agents;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Reading;

namespace AiAccessProxy.Control.Api;

/// <summary>Agents' keys: made and rotated, and then shown once; revoked.</summary>
internal sealed class KeyApi(KeyDesk desk, AgentViews views, TimeProvider time)
{
    /// <summary>Longest overlap of a rotation, in seconds: thirty days.</summary>
    public const int LongestOverlap = 30 * 86_400;

    private const string Wanted = """Send {} or {"on_behalf_of": "person", "expires": "time"}, as strict JSON.""";

    private const string Rotation = """Send {} or {"expires": "time", "overlap_seconds": 86400}, as strict JSON; no more than thirty days.""";

    public async Task CreateAsync(HttpContext context)
    {
        var (body, problem) = await JsonBody.ReadAsync<KeyBody>(context, Wanted);
        if (problem is not null)
        {
            await ProblemAnswer.WriteAsync(context, problem);
            return;
        }

        var (outcome, text) = await desk.CreateAsync(
            context.InPath("id"), context.Deciding(), (body!.OnBehalfOf, body.Expires), context.Header("Idempotency-Key"));
        await MadeAsync(context, outcome, text);
    }

    public async Task RotateAsync(HttpContext context)
    {
        var (body, problem) = await JsonBody.ReadAsync<RotationBody>(context, Rotation);
        if (body is { OverlapSeconds: < 0 or > LongestOverlap }) problem = ControlProblem.BadRequest(Rotation);
        if (problem is not null)
        {
            await ProblemAnswer.WriteAsync(context, problem);
            return;
        }

        var (outcome, text) = await desk.RotateAsync(
            context.InPath("id"), context.Deciding(), context.InPath("key"), (body!.Expires, TimeSpan.FromSeconds(body.OverlapSeconds)),
            context.Header("Idempotency-Key"));
        await MadeAsync(context, outcome, text);
    }

    public async Task RevokeAsync(HttpContext context)
    {
        if (await AgentApi.ReasonAsync(context) is not (true, var reason)) return;
        var outcome = await desk.RevokeAsync(context.InPath("id"), context.Deciding(), context.InPath("key"), reason);
        if (outcome is RosterOutcome.Done && views.KeyOf(context.InPath("id"), context.InPath("key")) is { } key)
            await context.AnswerAsync(KeyJson.Of(key, views.ActivityOf(context.InPath("id")), time.GetUtcNow()));
        else
            await ProblemAnswer.WriteAsync(context, outcome is RosterOutcome.Done ? RosterProblems.NoKey : RosterProblems.Of(outcome));
    }

    private Task MadeAsync(HttpContext context, RosterOutcome outcome, NewKey text)
    {
        if (outcome is not RosterOutcome.KeyMade(_, var made)) return ProblemAnswer.WriteAsync(context, RosterProblems.Of(outcome));
        var now = time.GetUtcNow();
        var key = KeyJson.Of(new(made.Key, made, made.Chain, made.Key.Expires, null), AgentActivity.None, now);
        return context.AnswerAsync(new NewKeyJson(key, text.Text), StatusCodes.Status201Created);
    }
}
