using System.Text;

namespace AiAccessProxy.Gate.Wire;

/// <summary>
/// How the server turns the bytes of a request's fields into text. It looks the method of HTTP/2 up by its characters, and fails on those
/// beyond U+00FF: the stream then gets no answer, keeps its place among those of its connection, and stopping waits for it. In ASCII every
/// byte beyond is a question mark, which no method may hold: such a stream is reset as malformed (RFC 9113, 8.1.1).
/// </summary>
internal static class FieldEncodings
{
    private const string Method = ":method";

    /// <summary>For <c>RequestHeaderEncodingSelector</c>; null leaves a field to the server's own way.</summary>
    public static Encoding? Of(string field) => field == Method ? Encoding.ASCII : null;
}
