using System.Security.Cryptography;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>Makes a body that was read whole out of its bytes: decompressed, looked into, with what is doubtful in it.</summary>
internal static class WholeBody
{
    /// <param name="limit">Bytes of the document.</param>
    public static BodyReading Of(ActionHead head, ReadOnlyMemory<byte> bytes, long limit)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var decoding = bytes.IsEmpty ? new Decoding.Plain() : ContentCodings.Decode(head, bytes, limit);
        return decoding switch
        {
            Decoding.TooLarge => new BodyReading.TooLarge(limit),
            Decoding.Decoded decoded => Read(head, new ActionBody.Whole(bytes, sha256, InCompressed(head, decoded.Document))
            {
                Document = decoded.Document,
                Coding = decoded.Coding,
            }),
            Decoding.Failed(var why) => Read(head, new ActionBody.Whole(bytes, sha256, new BodyFacts.Unreadable(why))),
            _ => Read(head, new ActionBody.Whole(bytes, sha256, BodyFactsReader.Read(head, bytes))),
        };
    }

    private static BodyReading.Read Read(ActionHead head, ActionBody.Whole body) => new(body with
    {
        Doubts = [.. new[] { FormMethod.In(head, body.Facts), SeveralActions.In(head, body) }.OfType<Unclear>()],
    });

    /// <summary>
    /// Compressed bytes can be made to hold a form of their own, and upstreams that do not decompress would read that one. JSON cannot be
    /// hidden so: compressed bytes do not begin like JSON.
    /// </summary>
    private static BodyFacts InCompressed(ActionHead head, ReadOnlyMemory<byte> document) => BodyFactsReader.Read(head, document) switch
    {
        BodyFacts.Form => new BodyFacts.Unreadable("the body is a compressed form, which few upstreams decompress"),
        var facts => facts,
    };
}
