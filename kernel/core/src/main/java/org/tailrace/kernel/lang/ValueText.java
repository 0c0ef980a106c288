package org.tailrace.kernel.lang;

import java.util.List;
import java.util.Set;

/**
 * Whether a piece of Java looks like an expression whose value somebody wants to see. Cheap, and no more than a guess that
 * the compiler confirms: no semicolon behind it, no statement's or declaration's word before it, and outside of brackets
 * nothing that assigns, separates, opens a block or declares.
 */
public final class ValueText {

    private static final Set<String> NOT_FIRST = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "char",
            "class",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "final",
            "float",
            "for",
            "if",
            "import",
            "int",
            "interface",
            "long",
            "native",
            "non",
            "package",
            "private",
            "protected",
            "public",
            "record",
            "return",
            "sealed",
            "short",
            "static",
            "strictfp",
            "switch",
            "synchronized",
            "throw",
            "transient",
            "try",
            "var",
            "void",
            "volatile",
            "while",
            "yield");

    private ValueText() {}

    /** Takes a name alone for none: JShell knows what it is. */
    public static boolean likely(String source) {
        var tokens = JavaLexer.tokens(source).stream()
                .filter(token -> !token.isComment())
                .toList();
        if (tokens.size() < 2 && !(tokens.size() == 1 && tokens.get(0).kind() != Token.Kind.WORD)) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            var text = token.text(source);
            if (!token.closed() || i == 0 && (NOT_FIRST.contains(text) || text.equals("<") || text.equals("@"))) {
                return false;
            }
            switch (token.kind()) {
                case SYMBOL -> {
                    char symbol = text.charAt(0);
                    if (depth == 0 && (symbol == ';' || symbol == ',' || symbol == '{' || changes(tokens, i, source))) {
                        return false;
                    }
                    depth += symbol == '(' || symbol == '[' || symbol == '{' ? 1 : 0;
                    depth -= symbol == ')' || symbol == ']' || symbol == '}' ? 1 : 0;
                }
                case WORD -> {
                    boolean declares = i > 0
                            && tokens.get(i - 1).kind() == Token.Kind.WORD
                            && !tokens.get(i - 1).text(source).equals("new")
                            && !text.equals("instanceof")
                            && !tokens.get(i - 1).text(source).equals("instanceof");
                    if (depth == 0 && declares) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return depth == 0;
    }

    /** Whether the symbol is part of an assignment, of {@code ++} or of {@code --}. */
    private static boolean changes(List<Token> tokens, int i, String source) {
        char symbol = source.charAt(tokens.get(i).start());
        char before = touching(tokens, i, -1, source);
        char after = touching(tokens, i, 1, source);
        if (symbol == '=') {
            boolean compares = after == '=' || before == '=' || before == '!' || before == '<' || before == '>';
            return !compares;
        }
        return (symbol == '+' || symbol == '-') && after == symbol;
    }

    private static char touching(List<Token> tokens, int i, int step, String source) {
        int next = i + step;
        if (next < 0 || next >= tokens.size()) {
            return ' ';
        }
        var token = tokens.get(next);
        boolean touches = step < 0
                ? token.end() == tokens.get(i).start()
                : token.start() == tokens.get(i).end();
        return touches && token.kind() == Token.Kind.SYMBOL ? source.charAt(token.start()) : ' ';
    }
}
