package org.tailrace.expr.builtin;

import org.tailrace.data.ArrayVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Typed;

/** {@code split} by a pattern that is one ASCII character which means itself: over the bytes, without a regular expression. */
final class SplitByByte implements Strict.Step {
    private static final String SPECIAL = "\\^$.|?*+()[]{}";

    private final byte separator;

    SplitByByte(byte separator) {
        this.separator = separator;
    }

    /** The byte that a pattern stands for, such as a space, or a full stop after a backslash; −1 if it is anything else. */
    static int separator(Typed pattern) {
        if (!(pattern instanceof Typed.Constant constant) || !(constant.value() instanceof String text)) {
            return -1;
        }
        boolean escaped = text.length() == 2 && text.charAt(0) == '\\' && SPECIAL.indexOf(text.charAt(1)) >= 0;
        boolean plain = text.length() == 1 && text.charAt(0) < 128 && SPECIAL.indexOf(text.charAt(0)) < 0;
        return escaped || plain ? text.charAt(text.length() - 1) : -1;
    }

    @Override
    public void apply(Vector[] arguments, int row, Vector out) {
        var text = (BytesVector) arguments[0];
        var parts = (ArrayVector) out;
        var elements = (BytesVector) parts.elements;
        byte[] bytes = text.data();
        int end = text.end(row);
        int from = text.start(row);
        int first = elements.size;
        for (int i = from; i < end; i++) {
            if (bytes[i] == separator) {
                elements.append(bytes, from, i, true);
                from = i + 1;
            }
        }
        elements.append(bytes, from, end, true);
        parts.set(row, first, elements.size);
    }
}
