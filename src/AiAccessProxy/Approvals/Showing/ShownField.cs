namespace AiAccessProxy.Approvals.Showing;

/// <summary>
/// A field that the rules want shown first. <paramref name="Values"/>: each value as it stands in the call, byte for byte, less what is redacted;
/// empty when it is absent.
/// </summary>
/// <param name="Hidden">Bytes of it that are not shown; also above 0 when it cannot be told what the field is.</param>
internal sealed record ShownField(string Name, IReadOnlyList<IReadOnlyList<ShownSpan>> Values, long Hidden);
