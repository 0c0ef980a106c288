package org.tailrace.exec;

import java.util.List;
import java.util.function.Supplier;
import org.tailrace.data.Schema;
import org.tailrace.exec.PhysicalPlan.Rows;

/** GROUP BY over a bounded table: all groups, from nothing, in every batch. */
final class BoundedAggregateOperator extends Operator {
    private final GroupShape shape;
    private final Supplier<GroupStore> stores;
    private final AggregateInput input;
    private final int windowKey;
    private final Schema schema;

    BoundedAggregateOperator(
            String name,
            Operator child,
            GroupShape shape,
            Supplier<GroupStore> stores,
            AggregateInput input,
            int windowKey,
            Schema schema) {
        super(name, List.of(child));
        this.shape = shape;
        this.stores = stores;
        this.input = input;
        this.windowKey = windowKey;
        this.schema = schema;
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        GroupStore store = stores.get();
        store.begin(Long.MIN_VALUE, batch.context.batchTimeMs());
        child().run(batch, rows -> {
            input.evaluate(rows);
            store.add(input, rows, batch.block);
        });
        store.finish();
        store.writeAll(new GroupWriter(shape, windowKey, schema, out));
    }
}
