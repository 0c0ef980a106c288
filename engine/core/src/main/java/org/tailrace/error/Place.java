package org.tailrace.error;

/**
 * Where in what the user wrote an error is.
 *
 * @param verb the verb that the text was given to, such as {@code where}; {@code sql} for a whole text
 * @param text the whole fragment or text
 * @param start offset of the first offending character
 * @param end offset after the last one; at least {@code start}
 */
public record Place(String verb, String text, int start, int end) implements java.io.Serializable {
    public Place {
        start = Math.max(0, Math.min(start, text.length()));
        end = Math.max(start, Math.min(end, text.length()));
    }

    /** The number, from 1, of the line that {@code start} is on. */
    public int line() {
        return (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
    }

    /** The line that {@code start} is on, without its end. */
    public String lineText() {
        int from = text.lastIndexOf('\n', start - 1) + 1;
        int to = text.indexOf('\n', from);
        return text.substring(from, to < 0 ? text.length() : to);
    }

    /** Offset of {@code start} in its line, from 0. */
    public int column() {
        return start - (text.lastIndexOf('\n', start - 1) + 1);
    }

    /** Number of carets below the line: at least one, and none beyond the line's end. */
    public int width() {
        return Math.max(1, Math.min(end - start, lineText().length() - column()));
    }
}
