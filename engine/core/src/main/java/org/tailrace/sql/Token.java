package org.tailrace.sql;

/**
 * A piece of SQL text.
 *
 * @param text a word as written, a quoted name or a string without quotes and escapes, an operator
 * @param start offset of its first character
 * @param end offset after its last one
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        OPERATOR,
        PARAMETER,
        END
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
