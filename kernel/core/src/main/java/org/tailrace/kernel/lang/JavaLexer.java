package org.tailrace.kernel.lang;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits Java text into tokens, also text that is unfinished or wrong. Knows just enough to tell code from strings, text
 * blocks and comments; every symbol is a token of one character. A string ends at the end of its line, closed or not.
 */
final class JavaLexer {

    private final String source;
    private int at;

    JavaLexer(String source, int from) {
        this.source = source;
        this.at = from;
    }

    static List<Token> tokens(String source) {
        var lexer = new JavaLexer(source, 0);
        var all = new ArrayList<Token>();
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            all.add(token);
        }
        return all;
    }

    /** The next token, or null at the end. */
    @Nullable
    Token next() {
        skipBlanks();
        if (at >= source.length()) {
            return null;
        }
        int start = at;
        char c = source.charAt(at);
        if (source.startsWith("//", at)) {
            at = endOfLine(at);
            return new Token(Token.Kind.LINE_COMMENT, start, at, true);
        }
        if (source.startsWith("/*", at)) {
            return until("*/", 2, Token.Kind.COMMENT);
        }
        if (source.startsWith("\"\"\"", at)) {
            return textBlock();
        }
        if (c == '"') {
            return quoted('"', Token.Kind.STRING);
        }
        if (c == '\'') {
            return quoted('\'', Token.Kind.CHARACTER);
        }
        if (Character.isJavaIdentifierStart(c)) {
            skipWord();
            return new Token(Token.Kind.WORD, start, at, true);
        }
        if (Character.isDigit(c)) {
            skipNumber();
            return new Token(Token.Kind.NUMBER, start, at, true);
        }
        at++;
        return new Token(Token.Kind.SYMBOL, start, at, true);
    }

    private void skipBlanks() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
    }

    private void skipWord() {
        while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
            at++;
        }
    }

    private void skipNumber() {
        while (at < source.length()) {
            char c = source.charAt(at);
            boolean fraction = c == '.' && at + 1 < source.length() && Character.isDigit(source.charAt(at + 1));
            if (!Character.isJavaIdentifierPart(c) && !fraction) {
                return;
            }
            at++;
        }
    }

    private Token until(String end, int opening, Token.Kind kind) {
        int start = at;
        int found = source.indexOf(end, start + opening);
        at = found < 0 ? source.length() : found + end.length();
        return new Token(kind, start, at, found >= 0);
    }

    private Token textBlock() {
        int start = at;
        at += 3;
        while (at < source.length()) {
            if (source.charAt(at) == '\\') {
                at = Math.min(at + 2, source.length());
            } else if (source.startsWith("\"\"\"", at)) {
                at += 3;
                return new Token(Token.Kind.TEXT_BLOCK, start, at, true);
            } else {
                at++;
            }
        }
        return new Token(Token.Kind.TEXT_BLOCK, start, at, false);
    }

    private Token quoted(char quote, Token.Kind kind) {
        int start = at++;
        int end = endOfLine(start);
        while (at < end) {
            char c = source.charAt(at++);
            if (c == '\\' && at < end) {
                at++;
            } else if (c == quote) {
                return new Token(kind, start, at, true);
            }
        }
        return new Token(kind, start, at, false);
    }

    private int endOfLine(int from) {
        int newline = source.indexOf('\n', from);
        return newline < 0 ? source.length() : newline;
    }
}
