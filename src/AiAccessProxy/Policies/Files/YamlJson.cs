using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Files;

/// <summary>Writes a value of a file as JSON. What stands without quotes is what a rule would take it for: a number stays as it is written.</summary>
internal static class YamlJson
{
    // The bytes go through a reader of ours and are never put into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(PolicySource source, YamlNode node, string field)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options)) Write(json, source, node, field);
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, PolicySource source, YamlNode node, string field)
    {
        switch (node)
        {
            case YamlNode.Mapping mapping:
                json.WriteStartObject();
                foreach (var (key, _, value) in mapping.Members)
                {
                    json.WritePropertyName(key);
                    Write(json, source, value, $"{field}.{Wording.ValueText.Safe(key)}");
                }

                json.WriteEndObject();
                break;
            case YamlNode.Sequence list:
                json.WriteStartArray();
                for (var at = 0; at < list.Items.Count; at++) Write(json, source, list.Items[at], $"{field}[{at}]");
                json.WriteEndArray();
                break;
            case YamlNode.Scalar { IsPlain: false } quoted:
                json.WriteStringValue(quoted.Text);
                break;
            case YamlNode.Scalar plain:
                WritePlain(json, OperandReader.Plain(source, plain, field));
                break;
        }
    }

    private static void WritePlain(Utf8JsonWriter json, Operand? value)
    {
        switch (value)
        {
            case Operand.Number number:
                json.WriteRawValue(number.Value.Lexeme);
                break;
            case Operand.Boolean boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            case Operand.Text text:
                json.WriteStringValue(text.Value.Written);
                break;
            default:
                // Null, or reported: then the file is refused and this is never read.
                json.WriteNullValue();
                break;
        }
    }
}
