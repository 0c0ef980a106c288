package org.tailrace.kernel.lang;

import java.util.List;
import java.util.Optional;

/**
 * The call that a token is an argument of.
 *
 * @param receiver the text before the dot; empty if there is none
 * @param argument from 0
 */
record CallSite(String receiver, String method, int argument) {

    /** @param tokens without comments */
    static Optional<CallSite> around(String source, List<Token> tokens, int index) {
        int depth = 0;
        int commas = 0;
        for (int i = index - 1; i >= 0; i--) {
            var token = tokens.get(i);
            if (token.kind() != Token.Kind.SYMBOL) {
                continue;
            }
            switch (source.charAt(token.start())) {
                case ')', ']', '}' -> depth++;
                case '[', '{' -> {
                    if (--depth < 0) {
                        return Optional.empty();
                    }
                }
                case '(' -> {
                    if (--depth < 0) {
                        return call(source, tokens, i, commas);
                    }
                }
                case ',' -> commas += depth == 0 ? 1 : 0;
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Optional<CallSite> call(String source, List<Token> tokens, int open, int argument) {
        int name = open - 1;
        if (name < 0 || tokens.get(name).kind() != Token.Kind.WORD) {
            return Optional.empty();
        }
        var method = tokens.get(name).text(source);
        if (name == 0 || !tokens.get(name - 1).is(source, '.')) {
            return Optional.of(new CallSite("", method, argument));
        }
        int last = name - 2;
        int first = expressionStart(source, tokens, last);
        var receiver = first > last
                ? ""
                : source.substring(tokens.get(first).start(), tokens.get(last).end());
        return Optional.of(new CallSite(receiver, method, argument));
    }

    /** The first token of the chain of names, calls and indexes that ends at {@code last}. */
    private static int expressionStart(String source, List<Token> tokens, int last) {
        int at = last;
        int start = last + 1;
        while (at >= 0) {
            while (at >= 0 && (tokens.get(at).is(source, ')') || tokens.get(at).is(source, ']'))) {
                at = opening(source, tokens, at);
                start = at;
                at--;
            }
            if (at >= 0
                    && (tokens.get(at).kind() == Token.Kind.WORD
                            || tokens.get(at).isLiteral())) {
                start = at;
                at--;
            }
            if (at >= 0
                    && tokens.get(at).kind() == Token.Kind.WORD
                    && tokens.get(at).text(source).equals("new")) {
                return at;
            }
            if (at < 0 || !tokens.get(at).is(source, '.')) {
                break;
            }
            at--;
        }
        return Math.max(start, 0);
    }

    private static int opening(String source, List<Token> tokens, int closing) {
        int depth = 0;
        for (int i = closing; i >= 0; i--) {
            var token = tokens.get(i);
            if (token.is(source, ')') || token.is(source, ']') || token.is(source, '}')) {
                depth++;
            } else if (token.is(source, '(') || token.is(source, '[') || token.is(source, '{')) {
                if (--depth == 0) {
                    return i;
                }
            }
        }
        return 0;
    }
}
