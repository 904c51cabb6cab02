namespace AiAccessProxy.Control.Pages;

/// <summary>A page that leads on to another of ours at once. The browser asks for that one as ours, and so brings its cookie.</summary>
internal static class OnwardPage
{
    /// <param name="text">What the link says, for browsers that do not go by themselves.</param>
    public static Html To(string path, string text = "Go on to the console") => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="0; url={path}">
        <title>AI access</title>
        <link rel="stylesheet" href="/assets/app.css">
        </head>
        <body><main><p><a href="{path}">{text}</a></p></main></body>
        </html>

        """);
}
