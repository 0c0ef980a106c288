package org.tailrace.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Dictionary;

/**
 * What the expressions of one query have made of whole dictionaries, so that it is made once and not by each thread, for each
 * batch. Goes with the query.
 */
public final class DictionaryResults {
    private final Map<Object, Made<?>> all = new ConcurrentHashMap<>();
    private final Map<Object, Dictionary> constants = new ConcurrentHashMap<>();

    /** The dictionary of a constant text, whose vector of one row is given too: the same one for all threads. */
    Dictionary constant(Object text, BytesVector row) {
        return constants.computeIfAbsent(text, key -> row.toDictionary());
    }

    /** What is kept for an expression, which equal ones share. The same key always goes with the same kind of result. */
    @SuppressWarnings("unchecked")
    <V> Made<V> of(Object expression) {
        return (Made<V>) all.computeIfAbsent(expression, key -> new Made<V>());
    }

    /** What one expression made of the dictionaries that it met last. */
    static final class Made<V> {
        private static final int MOST = 4;

        private record Entry<V>(List<Dictionary> from, V made) {}

        private volatile List<Entry<V>> newest = List.of();

        /** @param from told apart by identity, as dictionaries are */
        @Nullable
        V find(List<Dictionary> from) {
            for (Entry<V> entry : newest) {
                if (entry.from.equals(from)) {
                    return entry.made;
                }
            }
            return null;
        }

        /** What was made, or is made now; threads that need the same wait for the one that makes it. */
        synchronized V make(List<Dictionary> from, Supplier<V> maker) {
            V found = find(from);
            if (found != null) {
                return found;
            }
            V made = maker.get();
            var all = new ArrayList<Entry<V>>(MOST);
            all.add(new Entry<>(from, made));
            all.addAll(newest.subList(0, Math.min(newest.size(), MOST - 1)));
            newest = List.copyOf(all);
            return made;
        }
    }
}
