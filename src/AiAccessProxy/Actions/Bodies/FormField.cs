using System.Text;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>One field of a form, and where its value stands in the document.</summary>
/// <param name="Name">Decoded.</param>
internal readonly record struct FormField(string Name, int Start, int Length, FormValue Value)
{
    /// <summary>The decoded value; nothing of a file. Not kept: held calls are many.</summary>
    public string TextIn(ReadOnlyMemory<byte> document)
    {
        var bytes = document.Span.Slice(Start, Length);
        return Value switch
        {
            FormValue.Escaped => FormEscapes.Decode(bytes) ?? throw new InvalidOperationException("What was a form is none any more."),
            FormValue.Plain => Encoding.UTF8.GetString(bytes),
            _ => "",
        };
    }
}
