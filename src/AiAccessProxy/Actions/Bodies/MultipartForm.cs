using System.Text;
using System.Text.Unicode;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>
/// Reads <c>multipart/form-data</c> (RFC 7578) so that every reader of it finds the same fields, or says why that cannot be. The boundary
/// stands nowhere but where it divides, so that readers who look for less of it, or for it elsewhere, divide at the same places.
/// </summary>
internal sealed class MultipartForm
{
    private readonly ReadOnlyMemory<byte> _document;
    private readonly byte[] _delimiter;
    private readonly List<FormField> _fields = [];

    private MultipartForm(ReadOnlyMemory<byte> document, string boundary) =>
        (_document, _delimiter) = (document, Encoding.ASCII.GetBytes("--" + boundary));

    private ReadOnlySpan<byte> Bytes => _document.Span;

    public static BodyFacts Read(ReadOnlyMemory<byte> document, string boundary)
    {
        var form = new MultipartForm(document, boundary);
        return form.WhyNot() is { } why ? new BodyFacts.Unreadable(why) : new BodyFacts.Form(document, form._fields);
    }

    private string? WhyNot()
    {
        if (!Bytes.StartsWith(_delimiter)) return "the multipart body does not begin with its boundary";
        var at = _delimiter.Length;
        while (true)
        {
            var rest = Bytes[at..];
            if (!rest.StartsWith("\r\n"u8)) return "something stands on the line of a boundary of the multipart body";
            at += 2;
            var length = Bytes[at..].IndexOf(_delimiter);
            if (length < 0) return "the multipart body breaks off before its last boundary";
            if (length < 2 || !Bytes.Slice(at + length - 2, 2).SequenceEqual("\r\n"u8)) return "the boundary stands inside a part of the multipart body";
            if (WhyNoPart(at, length - 2) is { } why) return why;

            at += length + _delimiter.Length;
            if (!Bytes[at..].StartsWith("--"u8)) continue;
            return Bytes[(at + 2)..] is [] or [(byte)'\r', (byte)'\n'] ? null : "something follows the last boundary of the multipart body";
        }
    }

    private string? WhyNoPart(int start, int length)
    {
        if (_fields.Count == UrlEncodedForm.MostFields) return $"the form has more than {UrlEncodedForm.MostFields} parts";
        var end = Bytes.Slice(start, length).IndexOf("\r\n\r\n"u8);
        if (end < 0) return "a part of the multipart body has no headers";
        if (PartHeaders.Read(Bytes.Slice(start, end), out var why) is not { } headers) return why;

        var (from, size) = (start + end + 4, length - end - 4);
        if (headers.Length is { } told && told != size) return "a part of the multipart body tells a length that it has not";
        if (!headers.IsFile && WhyNoText(Bytes.Slice(from, size), headers.Name) is { } reason) return reason;
        _fields.Add(new(headers.Name, from, size, headers.IsFile ? FormValue.File : FormValue.Plain));
        return null;
    }

    private static string? WhyNoText(ReadOnlySpan<byte> value, string name)
    {
        if (!Utf8.IsValid(value)) return "a field of the form is no UTF-8";
        if (value.Contains((byte)0)) return "a field of the form holds a NUL";
        if (value.StartsWith("\uFEFF"u8)) return "a field of the form begins with a byte order mark";
        return FormNames.TellsAnotherCharset(name, Encoding.UTF8.GetString(value)) ? FormNames.AnotherCharset : null;
    }
}
