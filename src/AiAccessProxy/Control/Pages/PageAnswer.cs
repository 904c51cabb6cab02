namespace AiAccessProxy.Control.Pages;

/// <summary>Answers with a page.</summary>
internal static class PageAnswer
{
    public static Task WriteAsync(HttpContext context, int status, Html page)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }
}
