using System.Text.Encodings.Web;
using System.Text.Json;
using AiAccessProxy.Control.Api.Describing;

namespace AiAccessProxy.Control.Api;

/// <summary>Serves the document that describes the API.</summary>
internal sealed class ApiDocument(IServiceProvider services)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private string? _text;

    /// <summary>The document, made of the table that is served.</summary>
    public static string TextOf(IReadOnlyList<ApiEndpoint> table) => OpenApiDocument.Of(table).ToJsonString(Readable) + "\n";

    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(_text ??= TextOf(ApiTable.Of(services)), context.RequestAborted);
    }
}
