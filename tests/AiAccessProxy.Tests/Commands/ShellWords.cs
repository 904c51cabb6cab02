using System.Text;

namespace AiAccessProxy.Tests.Commands;

/// <summary>As much of a shell as examples need: blanks, quotes, and where a pipe or a redirection ends the command.</summary>
internal static class ShellWords
{
    public static IReadOnlyList<string> Of(string line)
    {
        var (words, word, quote, isWord) = (new List<string>(), new StringBuilder(), '\0', false);
        foreach (var character in line)
        {
            if (quote != '\0')
            {
                if (character == quote) quote = '\0';
                else word.Append(character);
            }
            else if (character is '\'' or '"') (quote, isWord) = (character, true);
            else if (character == ' ')
            {
                if (isWord) words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
            else if (character is '|' or '>' or '#' && !isWord) return words;
            else
            {
                word.Append(character);
                isWord = true;
            }
        }

        if (isWord) words.Add(word.ToString());
        return words;
    }
}
