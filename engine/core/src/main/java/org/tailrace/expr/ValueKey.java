package org.tailrace.expr;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Vector;

/** External values made equal where SQL takes them for equal: −0.0 and 0.0, and binaries by their bytes. */
public final class ValueKey {
    private ValueKey() {}

    public static @Nullable Object of(Vector vector, int row) {
        return key(vector.get(row));
    }

    public static @Nullable Object key(@Nullable Object value) {
        if (value instanceof Double number) {
            return number == 0 ? 0.0 : number;
        } else if (value instanceof Float number) {
            return number == 0 ? 0f : number;
        } else if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        return value;
    }

    /** Back to the external form. */
    public static @Nullable Object value(@Nullable Object key) {
        return key instanceof ByteBuffer bytes ? bytes.array() : key;
    }
}
