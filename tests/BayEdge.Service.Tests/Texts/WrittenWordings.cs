using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using BayEdge.Core.Bays;

namespace BayEdge.Service.Tests.Texts;

/// <summary>Reads from the compiled code every sentence that is written as a <see cref="Wording"/>: what the compiler made of an interpolated string stands there piece by piece.</summary>
internal sealed class WrittenWordings
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private readonly SortedSet<string> _keys = new(StringComparer.Ordinal);
    private readonly List<string> _unread = [];

    /// <summary>The keys, as the page looks them up.</summary>
    public IReadOnlyCollection<string> Keys => _keys;

    /// <summary>Methods whose sentences could not be put together again.</summary>
    public IReadOnlyCollection<string> Unread => _unread;

    public static WrittenWordings Of(IEnumerable<string> assemblies)
    {
        var found = new WrittenWordings();
        foreach (var assembly in assemblies)
        {
            using var file = new PEReader(File.OpenRead(assembly));
            var metadata = file.GetMetadataReader();
            foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
                found.Read(metadata, method, file.GetMethodBody(method.RelativeVirtualAddress).GetILContent());
        }

        return found;
    }

    private void Read(MetadataReader metadata, MethodDefinition method, ImmutableArray<byte> code)
    {
        var numbers = new List<int>();
        string? text = null;
        Sentence? sentence = null;
        for (var at = 0; at < code.Length;)
        {
            var operation = Codes[code[at] == 0xFE ? (code[at] << 8) | code[at + 1] : code[at]];
            var operand = at + operation.Size;
            at = operand + SizeOf(operation, code, operand);
            if (operation.OperandType == OperandType.InlineString)
            {
                text = metadata.GetUserString(MetadataTokens.UserStringHandle(Token(code, operand) & 0xFFFFFF));
                continue;
            }

            if (NumberOf(operation, code, operand) is { } number)
                numbers.Add(number);
            switch (operation.OperandType != OperandType.InlineMethod ? "" : NameOf(metadata, MetadataTokens.EntityHandle(Token(code, operand))))
            {
                case "Wording..ctor" when numbers.Count >= 2:
                    sentence = new Sentence(numbers[^2], numbers[^1]);
                    Keep(sentence);
                    break;
                case "Wording.AppendLiteral" when text is not null:
                    sentence?.Literal(text);
                    Keep(sentence);
                    break;
                case "Wording.AppendFormatted":
                    sentence?.Place();
                    Keep(sentence);
                    break;
                case "Wording.op_Implicit" when text is { Length: > 0 }:
                    _keys.Add(text);
                    break;
            }

            text = null;
        }

        if (sentence is { IsWhole: false })
            _unread.Add($"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}.{metadata.GetString(method.Name)}: {sentence.Key}");
    }

    private void Keep(Sentence? sentence)
    {
        if (sentence is { IsWhole: true })
            _keys.Add(sentence.Key);
    }

    private static string NameOf(MetadataReader metadata, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodSpecification => NameOf(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.MemberReference when metadata.GetMemberReference((MemberReferenceHandle)handle) is { Parent.Kind: HandleKind.TypeReference } member =>
            $"{metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name)}.{metadata.GetString(member.Name)}",
        HandleKind.MethodDefinition when metadata.GetMethodDefinition((MethodDefinitionHandle)handle) is var method =>
            $"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}.{metadata.GetString(method.Name)}",
        _ => "",
    };

    private static int? NumberOf(OpCode operation, ImmutableArray<byte> code, int operand) => operation.Name switch
    {
        "ldc.i4" => Token(code, operand),
        "ldc.i4.s" => (sbyte)code[operand],
        { Length: 8 } name when name.StartsWith("ldc.i4.", StringComparison.Ordinal) && char.IsDigit(name[7]) => name[7] - '0',
        _ => null,
    };

    private static int SizeOf(OpCode operation, ImmutableArray<byte> code, int operand) => operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * Token(code, operand)),
        _ => 4,
    };

    private static int Token(ImmutableArray<byte> code, int at) => BitConverter.ToInt32(code.AsSpan()[at..(at + 4)]);

    // The compiler says beforehand how long the text is and how many values stand in it.
    private sealed class Sentence(int length, int places)
    {
        private readonly StringBuilder _key = new();
        private int _length;
        private int _places;

        public string Key => _key.ToString();

        public bool IsWhole => _length == length && _places == places;

        public void Literal(string text)
        {
            _key.Append(text);
            _length += text.Length;
        }

        public void Place() => _key.Append(CultureInfo.InvariantCulture, $"{{{_places++}}}");
    }
}
