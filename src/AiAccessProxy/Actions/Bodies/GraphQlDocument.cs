namespace AiAccessProxy.Actions.Bodies;

/// <summary>Counts the actions of a GraphQL document: each field at the root of an operation is one.</summary>
internal ref struct GraphQlDocument
{
    private const int MaxDepth = 256;

    private GraphQlTokens _tokens;
    private int _operations;
    private bool _isSeveral;

    private GraphQlDocument(string text)
    {
        _tokens = new(text);
        _tokens.Next();
    }

    public static GraphQlReading Read(string text) => new GraphQlDocument(text).Read();

    private GraphQlReading Read()
    {
        if (!BeginsLikeOne()) return GraphQlReading.None;
        while (_tokens.Kind != '\0')
        {
            if (!ReadDefinition()) return GraphQlReading.Broken;
        }

        return _operations == 1 && !_isSeveral ? GraphQlReading.One : GraphQlReading.Several;
    }

    private readonly bool BeginsLikeOne()
    {
        if (_tokens.Kind == '{') return true;
        if (!IsOperation && !_tokens.Is("fragment")) return false;
        var ahead = _tokens;
        return ahead.Next() is 'n' or '{' or '(' or '@';
    }

    private readonly bool IsOperation => _tokens.Is("query") || _tokens.Is("mutation") || _tokens.Is("subscription");

    private bool ReadDefinition()
    {
        if (_tokens.Is("fragment"))
        {
            if (_tokens.Next() != 'n' || _tokens.Next() != 'n' || _tokens.Next() != 'n') return false;
            _tokens.Next();
            return SkipDirectives() && _tokens.Kind == '{' && SkipGroup();
        }

        _operations++;
        if (IsOperation)
        {
            if (_tokens.Next() == 'n') _tokens.Next();
            if (_tokens.Kind == '(' && !SkipGroup()) return false;
            if (!SkipDirectives()) return false;
        }

        return _tokens.Kind == '{' && ReadRoot();
    }

    private bool ReadRoot()
    {
        var fields = 0;
        _tokens.Next();
        while (_tokens.Kind != '}')
        {
            if (_tokens.Kind == '.')
            {
                // What a fragment holds is somewhere else, or below: not one field that is seen here.
                _isSeveral = true;
                if (_tokens.Next() == 'n' && !_tokens.Is("on")) _tokens.Next();
                else if (_tokens.Is("on") && (_tokens.Next() != 'n' || _tokens.Next() == '\0')) return false;
            }
            else if (_tokens.Kind == 'n')
            {
                fields++;
                if (_tokens.Next() == ':')
                {
                    _isSeveral = true;
                    if (_tokens.Next() != 'n') return false;
                    _tokens.Next();
                }

                if (_tokens.Kind == '(' && !SkipGroup()) return false;
            }
            else
            {
                return false;
            }

            if (!SkipDirectives() || (_tokens.Kind == '{' && !SkipGroup())) return false;
        }

        _isSeveral |= fields != 1;
        _tokens.Next();
        return true;
    }

    private bool SkipDirectives()
    {
        while (_tokens.Kind == '@')
        {
            if (_tokens.Next() != 'n') return false;
            if (_tokens.Next() == '(' && !SkipGroup()) return false;
        }

        return true;
    }

    /// <summary>Goes behind the bracket that closes the one it stands on.</summary>
    private bool SkipGroup()
    {
        var closing = new Stack<char>();
        do
        {
            switch (_tokens.Kind)
            {
                case '(' or '[' or '{' when closing.Count < MaxDepth:
                    closing.Push(_tokens.Kind == '(' ? ')' : _tokens.Kind == '[' ? ']' : '}');
                    break;
                case ')' or ']' or '}' when closing.Peek() == _tokens.Kind:
                    closing.Pop();
                    break;
                case '(' or '[' or '{' or ')' or ']' or '}' or '\0' or '?':
                    return false;
            }

            _tokens.Next();
        }
        while (closing.Count > 0);

        return true;
    }
}
