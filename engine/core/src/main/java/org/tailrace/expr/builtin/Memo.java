package org.tailrace.expr.builtin;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What has been made of texts, such as patterns: usually one, so it starts anew rather than keep many. */
final class Memo<V> {
    private static final int MOST = 256;

    private final Map<String, V> made = new HashMap<>();
    private final Function<String, V> maker;

    Memo(Function<String, V> maker) {
        this.maker = maker;
    }

    V of(String text) {
        V value = made.get(text);
        if (value == null) {
            if (made.size() == MOST) {
                made.clear();
            }
            value = maker.apply(text);
            made.put(text, value);
        }
        return value;
    }
}
