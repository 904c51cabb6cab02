using System.Diagnostics;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Control.Guarding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.Channels;

/// <summary>Where Teams brings what people do there: <c>POST /api/messages</c>, the address that the Bot Framework knows. No app id, no endpoint.</summary>
internal sealed class TeamsEndpoint(ChannelTokens tokens, Messages messages, RefusalCounter refusals, IOptions<TeamsOptions> options)
{
    public const string Path = "/api/messages";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        if (!endpoints.ServiceProvider.GetRequiredService<IOptions<TeamsOptions>>().Value.IsOn) return;
        endpoints.MapPost(Path, endpoints.ServiceProvider.GetRequiredService<TeamsEndpoint>().AnswerAsync).WithMetadata(new Admits(Surface.Channel));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        // Whoever sends no token of Teams makes nobody read what they sent.
        if (!IsNear(context) || await tokens.ProveAsync(Bearer.Of(context.Request), context.RequestAborted) is not { } proof)
        {
            await RefuseAsync(context, ControlProblem.NotTheChannel);
            return;
        }

        if (await BodyAsync(context) is not { } body)
        {
            await RefuseAsync(context, ControlProblem.TooLarge);
            return;
        }

        switch (await messages.TakeAsync(body, proof, context.RequestAborted))
        {
            case MessageAnswer.Taken({ } answer):
                await context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
                break;
            case MessageAnswer.Taken:
                context.Response.StatusCode = StatusCodes.Status200OK;
                break;
            case MessageAnswer.NotKnown:
                context.Response.StatusCode = StatusCodes.Status501NotImplemented;
                break;
            case MessageAnswer.Unreadable(var why):
                await RefuseAsync(context, ControlProblem.BadRequest($"This is no activity that Teams sends. {why}"));
                break;
            case MessageAnswer.Foreign(var why):
                await RefuseAsync(context, ControlProblem.ForeignActivity(why));
                break;
            case MessageAnswer.Replayed:
                await RefuseAsync(context, ControlProblem.Replayed);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The playground proves nothing, so it has to be on this machine, whatever the program listens on and whoever passes on to it.</summary>
    private bool IsNear(HttpContext context) => !options.Value.Playground || Neighbour.Is(context);

    private Task RefuseAsync(HttpContext context, ControlProblem problem)
    {
        refusals.Count(problem.Kind);
        return ProblemAnswer.WriteAsync(context, problem);
    }

    /// <summary>Null for more than any activity has.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> BodyAsync(HttpContext context)
    {
        var buffer = new byte[TurnReader.MaxBytes + 1];
        try
        {
            var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
            return length > TurnReader.MaxBytes ? null : buffer.AsMemory(0, length);
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? null : ReadOnlyMemory<byte>.Empty;
        }
    }
}
