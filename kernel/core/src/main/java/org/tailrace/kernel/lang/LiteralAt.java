package org.tailrace.kernel.lang;

import java.util.Optional;
import org.tailrace.kernel.spi.CompletionSource.StringPosition;

/** A string literal with the cursor in it, as a call's argument. */
record LiteralAt(StringLiteral literal, StringPosition position) {

    static Optional<LiteralAt> of(String source, int cursor) {
        var tokens = JavaLexer.tokens(source).stream()
                .filter(token -> !token.isComment())
                .toList();
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (isString(token) && contains(token, cursor)) {
                var literal = StringLiteral.of(source, token);
                int offset = literal.offset(cursor);
                return CallSite.around(source, tokens, i)
                        .map(call -> new LiteralAt(
                                literal,
                                new StringPosition(
                                        call.receiver(), call.method(), call.argument(), literal.text(), offset)));
            }
        }
        return Optional.empty();
    }

    /** Whether JShell has nothing to say at the cursor: inside a string, character or comment. */
    static boolean isQuiet(String source, int cursor) {
        return JavaLexer.tokens(source).stream()
                .anyMatch(token -> token.isLiteral() && contains(token, cursor)
                        || token.isComment() && contains(token, cursor)
                        || token.kind() == Token.Kind.LINE_COMMENT && cursor == token.end());
    }

    private static boolean isString(Token token) {
        return token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.TEXT_BLOCK;
    }

    private static boolean contains(Token token, int cursor) {
        return token.start() < cursor && (cursor < token.end() || cursor == token.end() && !token.closed());
    }
}
