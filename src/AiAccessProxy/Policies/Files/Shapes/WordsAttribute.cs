namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>The words that a key takes: those of a table of <see cref="Words"/>, or one word.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WordsAttribute(string table) : Attribute
{
    public string Table => table;
}
