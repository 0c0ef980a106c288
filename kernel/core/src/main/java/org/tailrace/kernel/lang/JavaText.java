package org.tailrace.kernel.lang;

import java.util.ArrayDeque;
import java.util.OptionalInt;

/** Questions about Java text that need no compiler. */
public final class JavaText {

    private JavaText() {}

    /** Where code begins, behind blanks and comments; the length if there is none. */
    public static int codeStart(String source) {
        return JavaLexer.tokens(source).stream()
                .filter(token -> !token.isComment())
                .mapToInt(Token::start)
                .findFirst()
                .orElse(source.length());
    }

    /** Behind the word that begins at {@code from}. */
    public static int wordEnd(String source, int from) {
        int at = from;
        while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The innermost bracket, string or comment that is opened and never closed. */
    public static OptionalInt unclosed(String source) {
        var open = new ArrayDeque<Integer>();
        for (var token : JavaLexer.tokens(source)) {
            if (!token.closed()) {
                return OptionalInt.of(token.start());
            }
            if (token.is(source, '(') || token.is(source, '[') || token.is(source, '{')) {
                open.push(token.start());
            } else if ((token.is(source, ')') || token.is(source, ']') || token.is(source, '}')) && !open.isEmpty()) {
                open.pop();
            }
        }
        return open.isEmpty() ? OptionalInt.empty() : OptionalInt.of(open.peek());
    }

    /** How many braces are opened and not closed, as deep as the next line is indented. */
    static int openBraces(String source) {
        int depth = 0;
        for (var token : JavaLexer.tokens(source)) {
            if (token.is(source, '{')) {
                depth++;
            } else if (token.is(source, '}')) {
                depth = Math.max(0, depth - 1);
            }
        }
        return depth;
    }

    /** The text without comments and with blanks evened out: equal for texts that declare the same. */
    public static String canonical(String source) {
        var text = new StringBuilder();
        for (var token : JavaLexer.tokens(source)) {
            if (!token.isComment()) {
                text.append(token.text(source)).append(' ');
            }
        }
        return text.toString();
    }
}
