using System.Reflection;

namespace AiAccessProxy.Control.Assets;

/// <summary>A file that the console is drawn with, carried inside the program.</summary>
internal sealed class Asset(string name, string type)
{
    private readonly byte[] _bytes = Read(name);

    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = _bytes.Length;
        return context.Response.Body.WriteAsync(_bytes, context.RequestAborted).AsTask();
    }

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Control.Assets.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
