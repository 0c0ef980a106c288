package org.tailrace.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Vector;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Typed;

/** The vectors that an aggregation needs of some rows: group keys, and the arguments and filter of each aggregate. */
final class AggregateRows {
    final Vector[] keys;
    final Vector[][] arguments;
    final @Nullable Vector[] filters;
    int count;

    private @Nullable RepeatedKeys repeated;

    AggregateRows(List<Typed> keys, List<AggregateCall> calls) {
        this.keys = new Vector[keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            this.keys[i] = Vector.create(keys.get(i).type());
        }
        arguments = new Vector[calls.size()][];
        filters = new @Nullable Vector[calls.size()];
        for (int a = 0; a < calls.size(); a++) {
            AggregateCall call = calls.get(a);
            arguments[a] =
                    call.arguments().stream().map(t -> Vector.create(t.type())).toArray(Vector[]::new);
            filters[a] = call.filter().map(t -> Vector.create(t.type())).orElse(null);
        }
    }

    /** The group of each row, a new one where the key is new. */
    void addTo(GroupIndex index, int[] groups) {
        int[] origins = RepeatedKeys.origins(keys);
        if (origins != null) {
            if (repeated == null) {
                repeated = new RepeatedKeys(keys);
            }
            if (repeated.add(index, keys, origins, count, groups)) {
                return;
            }
        }
        index.add(keys, count, groups);
    }

    /** Makes these the given rows of {@code source}; this must own its vectors. */
    void gather(AggregateRows source, int[] rows, int rowCount) {
        for (int i = 0; i < keys.length; i++) {
            keys[i].gather(source.keys[i], rows, rowCount);
        }
        for (int a = 0; a < arguments.length; a++) {
            for (int i = 0; i < arguments[a].length; i++) {
                arguments[a][i].gather(source.arguments[a][i], rows, rowCount);
            }
            Vector filter = filters[a];
            Vector from = source.filters[a];
            if (filter != null && from != null) {
                filter.gather(from, rows, rowCount);
            }
        }
        count = rowCount;
    }
}
