package org.tailrace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.dstream.DStream;
import org.tailrace.dstream.Pair;
import org.tailrace.plan.Plan;

/** Elements of a DStream as rows: records by components, pairs as two columns, other values as one. */
final class ElementRows {
    private ElementRows() {}

    static <T> Plan plan(DStream<T> stream, Schema schema) {
        return stream.plan(schema, element -> row(element, schema));
    }

    private static Row row(@Nullable Object element, Schema schema) {
        List<@Nullable Object> values = new ArrayList<>();
        if (element instanceof Row row) {
            values.addAll(row.values());
        } else if (element instanceof Pair<?, ?> pair) {
            values.add(plain(pair.key()));
            values.add(plain(pair.value()));
        } else if (element instanceof Record record) {
            values.addAll(values(record));
        } else {
            values.add(element);
        }
        if (values.size() != schema.size()) {
            throw new IllegalArgumentException(
                    "an element has " + values.size() + " values, and the table " + schema.size() + " columns");
        }
        return new Row(schema, values);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Record record && !(value instanceof Row) ? row(record) : value;
    }

    private static List<@Nullable Object> values(Record record) {
        return row(record).values();
    }

    @SuppressWarnings("unchecked")
    private static Row row(Record record) {
        return RecordBinding.of((Class<Record>) record.getClass()).row(record);
    }
}
