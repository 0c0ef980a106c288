package org.tailrace.kernel.lang;

/**
 * A piece of Java text.
 *
 * @param end behind its last character
 * @param closed false for a string, character or block comment that the text ends in
 */
record Token(Kind kind, int start, int end, boolean closed) {

    enum Kind {
        WORD,
        NUMBER,
        STRING,
        TEXT_BLOCK,
        CHARACTER,
        COMMENT,
        LINE_COMMENT,
        SYMBOL
    }

    boolean isComment() {
        return kind == Kind.COMMENT || kind == Kind.LINE_COMMENT;
    }

    boolean isLiteral() {
        return kind == Kind.STRING || kind == Kind.TEXT_BLOCK || kind == Kind.CHARACTER;
    }

    boolean is(String source, char symbol) {
        return kind == Kind.SYMBOL && source.charAt(start) == symbol;
    }

    String text(String source) {
        return source.substring(start, end);
    }
}
