package org.tailrace.kernel.lang;

import java.util.Arrays;

/** The text that a string literal or text block means, and where each of its characters is written. */
final class StringLiteral {

    private final String source;
    private final boolean block;
    private final StringBuilder text = new StringBuilder();
    /** For each character of the text, and for its end, the offset where it is written. */
    private int[] written = new int[16];

    private StringLiteral(String source, boolean block) {
        this.source = source;
        this.block = block;
    }

    static StringLiteral of(String source, Token token) {
        var literal = new StringLiteral(source, token.kind() == Token.Kind.TEXT_BLOCK);
        if (literal.block) {
            literal.readBlock(token);
        } else {
            int end = token.closed() ? token.end() - 1 : token.end();
            literal.read(token.start() + 1, end);
            literal.mark(end);
        }
        return literal;
    }

    String text() {
        return text.toString();
    }

    int written(int offset) {
        return written[Math.max(0, Math.min(offset, text.length()))];
    }

    /** The text's offset for a place in the source. */
    int offset(int place) {
        int offset = 0;
        while (offset < text.length() && written[offset] < place) {
            offset++;
        }
        return offset;
    }

    /** Other text as it has to be written in this literal. */
    String escaped(String other) {
        var backslashes = other.replace("\\", "\\\\");
        return block ? backslashes : backslashes.replace("\"", "\\\"").replace("\n", "\\n");
    }

    private void mark(int place) {
        if (written.length <= text.length()) {
            written = Arrays.copyOf(written, 2 * written.length);
        }
        written[text.length()] = place;
    }

    private void add(char c, int place) {
        mark(place);
        text.append(c);
    }

    private void read(int from, int to) {
        int at = from;
        while (at < to) {
            char c = source.charAt(at);
            if (c == '\\' && at + 1 < to) {
                at = readEscape(at, to);
            } else {
                add(c, at++);
            }
        }
    }

    private int readEscape(int at, int to) {
        char c = source.charAt(at + 1);
        if (c == 'u' && at + 6 <= to) {
            try {
                add((char) Integer.parseInt(source.substring(at + 2, at + 6), 16), at);
                return at + 6;
            } catch (NumberFormatException e) {
                return at + 2;
            }
        }
        switch (c) {
            case 'n' -> add('\n', at);
            case 't' -> add('\t', at);
            case 'r' -> add('\r', at);
            case 's' -> add(' ', at);
            case 'b' -> add('\b', at);
            case 'f' -> add('\f', at);
            case '\n' -> mark(at);
            default -> add(c, at);
        }
        return at + 2;
    }

    /** Lines lose the indentation that all of them share, that of the closing quotes included. */
    private void readBlock(Token token) {
        int firstLine = source.indexOf('\n', token.start());
        int end = token.closed() ? token.end() - 3 : token.end();
        if (firstLine < 0 || firstLine >= end) {
            mark(end);
            return;
        }
        int from = firstLine + 1;
        int indent = source.substring(from, token.closed() ? token.end() : end)
                .lines()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        while (from <= end) {
            int newline = source.indexOf('\n', from);
            int lineEnd = newline < 0 || newline > end ? end : newline;
            read(Math.min(from + indent, lineEnd), lineEnd);
            if (lineEnd == end) {
                break;
            }
            add('\n', lineEnd);
            from = lineEnd + 1;
        }
        mark(end);
    }
}
