package org.tailrace.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;

/**
 * Gives another accumulator each combination of arguments only once per group. Its state is the set of combinations, from
 * which the other is filled again; rows with a NULL argument never count, as no aggregate over DISTINCT looks at them.
 */
final class DistinctAccumulator implements Accumulator {
    private final Accumulator inner;
    private final Schema schema;
    private final Vector[] fresh;
    private @Nullable Set<Row>[] seen = sets(0);
    private int[] rows = new int[0];
    private int[] into = new int[0];

    DistinctAccumulator(Accumulator inner, List<Typed> arguments) {
        this.inner = inner;
        var fields = new ArrayList<Field>();
        for (int i = 0; i < arguments.size(); i++) {
            fields.add(new Field("_" + i, arguments.get(i).type()));
        }
        schema = new Schema(fields);
        fresh = new Vector[arguments.size()];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = Vector.create(schema.type(i));
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Set<Row>[] sets(int count) {
        return (Set<Row>[]) new Set<?>[count];
    }

    @Override
    public void ensureGroups(int groups) {
        inner.ensureGroups(groups);
        if (groups > seen.length) {
            seen = Arrays.copyOf(seen, Math.max(groups, seen.length * 2));
        }
    }

    @Override
    public void reset(int group) {
        seen[group] = null;
        inner.reset(group);
    }

    @Override
    public void add(int[] groups, Vector[] arguments, int count) {
        rows = Rows.room(rows, count);
        into = Rows.room(into, count);
        int found = 0;
        for (int row = 0; row < count; row++) {
            Row values = row(arguments, row);
            if (values != null && set(groups[row]).add(values)) {
                rows[found] = row;
                into[found++] = groups[row];
            }
        }
        for (int i = 0; i < fresh.length; i++) {
            fresh[i].gather(arguments[i], rows, found);
        }
        inner.add(into, fresh, found);
    }

    private @Nullable Row row(Vector[] arguments, int row) {
        var values = new ArrayList<@Nullable Object>(arguments.length);
        for (Vector argument : arguments) {
            if (argument.isNull(row)) {
                return null;
            }
            values.add(ValueKey.of(argument, row));
        }
        return new Row(schema, values);
    }

    private Set<Row> set(int group) {
        Set<Row> set = seen[group];
        if (set == null) {
            set = new LinkedHashSet<>();
            seen[group] = set;
        }
        return set;
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        var source = (DistinctAccumulator) other;
        for (int i = 0; i < count; i++) {
            Set<Row> values = source.seen[from[i]];
            if (values != null) {
                values.forEach(new Refill(into[i])::add);
            }
        }
    }

    /** Adds combinations one at a time. */
    private final class Refill {
        private final int[] group;

        Refill(int group) {
            this.group = new int[] {group};
        }

        void add(Row values) {
            if (set(group[0]).add(values)) {
                for (int i = 0; i < fresh.length; i++) {
                    fresh[i].prepare(0);
                    fresh[i].appendValue(ValueKey.value(values.get(i)));
                }
                inner.add(group, fresh, 1);
            }
        }
    }

    @Override
    public void result(int[] groups, int count, Vector result) {
        inner.result(groups, count, result);
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(new DataType.Array(new DataType.Struct(schema), false));
    }

    @Override
    public void save(int[] groups, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            Set<Row> values = seen[groups[i]];
            var rows = new ArrayList<Row>();
            if (values != null) {
                for (Row row : values) {
                    var plain = new ArrayList<@Nullable Object>();
                    row.values().forEach(value -> plain.add(ValueKey.value(value)));
                    rows.add(new Row(schema, plain));
                }
            }
            state[0].appendValue(rows);
        }
    }

    @Override
    public void load(int[] groups, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            reset(groups[i]);
            var refill = new Refill(groups[i]);
            for (Object row : (List<?>) java.util.Objects.requireNonNull(state[0].get(i))) {
                var keys = new ArrayList<@Nullable Object>();
                ((Row) row).values().forEach(value -> keys.add(ValueKey.key(value)));
                refill.add(new Row(schema, keys));
            }
        }
    }
}
