using AiAccessProxy.Actions.Bodies;

namespace AiAccessProxy.Actions;

/// <summary>Tells what rules can see in a document, from its bytes and from the <c>Content-Type</c> that tells the upstream how to read it.</summary>
internal static class BodyFactsReader
{
    /// <param name="document">Decompressed.</param>
    public static BodyFacts Read(ActionHead head, ReadOnlyMemory<byte> document)
    {
        if (document.IsEmpty) return new BodyFacts.Empty();
        if (MediaType.Of(head, out var why) is not { } type) return new BodyFacts.Unreadable(why);
        return type.Kind switch
        {
            BodyKind.Json => StrictJson.Read(document),
            BodyKind.UrlEncoded => UrlEncodedForm.Read(document),
            _ => MultipartForm.Read(document, type.Boundary!),
        };
    }
}
