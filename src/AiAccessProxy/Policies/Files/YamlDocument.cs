using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// Reads the one document of a file into <see cref="YamlNode"/>s. Only the part of YAML that has one obvious meaning: no anchors and
/// aliases (so nothing can grow beyond the file), no tags, no duplicate keys, bounded depth and size.
/// </summary>
internal sealed class YamlDocument(string file, List<PolicyProblem> problems)
{
    private const int MostDepth = 24;
    private const int MostNodes = 500_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _nodes;

    /// <summary>Null when there is a problem that leaves nothing to read.</summary>
    public YamlNode.Mapping? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var text = Strict.GetString(bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes.Span[3..] : bytes.Span);
            return ReadDocument(new Parser(new Scanner(new StringReader(text), skipComments: true)));
        }
        catch (DecoderFallbackException)
        {
            Report(0, "the file is not UTF-8", "save it as UTF-8");
        }
        catch (YamlException broken)
        {
            // What is missing at the end is missing on the last line that has anything.
            var last = bytes.Span.Count((byte)'\n') + (bytes.Span.EndsWith("\n"u8) ? 0 : 1);
            Report((int)Math.Clamp(broken.End.Line, 1, Math.Max(1, last)), $"this is not YAML: {Words(broken)}", "correct the syntax; nothing after this line was read");
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's parser loses its place in some broken flow mappings and says so in this way; a generated test found it.
            Report(0, "this is not YAML", "correct the syntax; look at brackets, braces and quotes that are not closed");
        }

        return null;
    }

    private YamlNode.Mapping? ReadDocument(Parser events)
    {
        events.Consume<StreamStart>();
        if (events.Accept<StreamEnd>(out _)) return Empty(1);

        events.Consume<DocumentStart>();
        var line = Line(events.Current!);
        if (ReadNode(events, 0) is not { } root) return null;
        events.Consume<DocumentEnd>();
        if (events.Accept<DocumentStart>(out var second))
        {
            Report(Line(second), "a second document begins here", "one file holds one document; move this one to a file of its own");
            return null;
        }

        switch (root)
        {
            case YamlNode.Mapping mapping: return mapping;
            case YamlNode.Scalar { IsPlain: true, Text: "" }: return Empty(line);
            default:
                Report(root.Line, $"the file is {root.Kind}", "a policy file is a mapping that begins with version: 1");
                return null;
        }
    }

    private YamlNode.Mapping? Empty(int line)
    {
        Report(line, "the file is empty", "a policy file is a mapping that begins with version: 1");
        return null;
    }

    private YamlNode? ReadNode(Parser events, int depth)
    {
        // The parser has read ahead by one event and throws where none can follow.
        var current = events.Current!;
        if (depth > MostDepth) return Refuse(current, $"this is nested more than {MostDepth} deep", "policies need no such depth");

        if (++_nodes > MostNodes) return Refuse(current, $"the file holds more than {MostNodes} values", "split it: one file a route");

        events.MoveNext();
        switch (current)
        {
            case AnchorAlias alias:
                return Refuse(alias, $"*{alias.Value} is an alias", "write out what it stands for");
            case NodeEvent { Anchor.IsEmpty: false } node:
                return Refuse(node, $"&{node.Anchor} is an anchor", "anchors are not read; write out what is meant where it is meant");
            case NodeEvent { Tag: { IsEmpty: false } tag } node when tag.Value != "!":
                return Refuse(node, $"{tag.Value} is a tag", "tags are not read; leave it out");
            case YamlDotNet.Core.Events.Scalar scalar:
                return new YamlNode.Scalar(Line(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);
            case SequenceStart start:
                return ReadSequence(events, Line(start), depth);
            case MappingStart start:
                return ReadMapping(events, Line(start), depth);
            default:
                throw new InvalidOperationException(current.GetType().Name);
        }
    }

    private YamlNode? ReadSequence(Parser events, int line, int depth)
    {
        var items = new List<YamlNode>();
        while (!events.TryConsume<SequenceEnd>(out _))
        {
            if (ReadNode(events, depth + 1) is not { } item) return null;
            items.Add(item);
        }

        return new YamlNode.Sequence(line, items);
    }

    private YamlNode? ReadMapping(Parser events, int line, int depth)
    {
        var members = new List<(string Key, int Line, YamlNode Value)>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!events.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(events, depth + 1) is not { } key) return null;
            if (ReadNode(events, depth + 1) is not { } value) return null;
            if (key is not YamlNode.Scalar { Text: var name })
            {
                Report(key.Line, $"a key is {key.Kind}", "a key is a name; a value that begins with a brace has to be quoted");
                return null;
            }

            if (lines.TryGetValue(name, out var first))
                problems.Add(new(file, key.Line, null, Shown(name), $"this key stands on line {first} already", "leave one of them"));
            else
                members.Add((name, key.Line, value));
            lines.TryAdd(name, key.Line);
        }

        return new YamlNode.Mapping(line, members);
    }

    private YamlNode? Refuse(ParsingEvent where, string message, string remedy)
    {
        Report(Line(where), message, remedy);
        return null;
    }

    private void Report(int line, string message, string remedy) => problems.Add(new(file, line, null, "", message, remedy));

    private static int Line(ParsingEvent node) => (int)Math.Clamp(node.Start.Line, 1, int.MaxValue);

    private static string Shown(string name) => Wording.ValueText.Safe(name);

    private static string Words(YamlException broken) => Shown(broken.Message.TrimEnd('.'));
}
