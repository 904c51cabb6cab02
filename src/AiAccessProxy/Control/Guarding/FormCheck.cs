using AiAccessProxy.Control.SignIn;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace AiAccessProxy.Control.Guarding;

/// <summary>Reads a form that was sent to a page, if it is one that our own page sent in this session.</summary>
internal sealed class FormCheck(OwnAuthority own)
{
    public const string Token = "token";

    private const int MaxBytes = 16 * 1024;

    private static readonly FormOptions Limits = new() { ValueCountLimit = 16, KeyLengthLimit = 64, ValueLengthLimit = MaxBytes };

    /// <returns>What is wrong; null when nothing is, or when the request sends no form. The form is then in <see cref="HttpRequest.Form"/>.</returns>
    public async ValueTask<ControlProblem?> CheckAsync(HttpContext context, Session? session)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
        if (own.OriginOf(context) is not { } origin || ForeignForm.Is(request, origin)) return ControlProblem.ForeignForm;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "application/x-www-form-urlencoded")
            return ControlProblem.NotAForm;

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxBytes;
        try
        {
            context.Features.Set<IFormFeature>(new FormFeature(request, Limits));
            var form = await request.ReadFormAsync(context.RequestAborted);
            return session is null || Secret.Same(form[Token].ToString(), session.FormToken) ? null : ControlProblem.StaleForm;
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ControlProblem.TooLarge
                : ControlProblem.BadRequest("The form ends too early.");
        }
        catch (InvalidDataException)
        {
            return ControlProblem.BadRequest("The form has more or longer fields than the console sends.");
        }
    }
}
