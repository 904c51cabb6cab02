using System.Buffers;

namespace AiAccessProxy.Actions;

/// <summary>
/// What some servers find in a parameter of the query beside what stands there: <c>;</c> separates parameters (HTML 4, B.2.2), a gateway has
/// decoded before, PHP and Express read <c>a[]</c> as <c>a</c> and trim names, characters beyond ASCII are replaced. Too much is the safe side.
/// </summary>
internal static class LooseQuery
{
    private const int Decodings = 2;

    // What a parameter is made of that no server takes for more than one.
    private static readonly SearchValues<char> Telling = SearchValues.Create("%;&?#=[]");

    /// <summary>Every name that a server might look a parameter up by; its own is among them.</summary>
    public static IEnumerable<string> NamesIn(QueryParameter parameter)
    {
        yield return parameter.Name;
        if (!parameter.Name.AsSpan().ContainsAny(Telling) && !parameter.Value.AsSpan().ContainsAny(Telling)) yield break;

        var text = $"{parameter.Name}={parameter.Value}";
        for (var decoded = 0; decoded <= Decodings; decoded++)
        {
            foreach (var part in text.Split(';', '&', '?', '#'))
            {
                var name = part.Split('=', 2)[0];
                yield return name;
                if (name.IndexOf('[', StringComparison.Ordinal) is var bracket and > 0) yield return name[..bracket];
            }

            var again = PercentText.DecodeLeniently(text);
            if (ReferenceEquals(again, text)) yield break;
            text = again;
        }
    }
}
