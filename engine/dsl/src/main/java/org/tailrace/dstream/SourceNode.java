package org.tailrace.dstream;

import java.util.List;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.plan.Plan;

/** The rows of a table that arrived in a batch interval, as elements. */
final class SourceNode<T> extends Node<T> {
    final Plan plan;
    final Schema schema;
    private final Fn<Row, T> element;

    SourceNode(Plan plan, Schema schema, Fn<Row, T> element, long intervalMs) {
        super(List.of(), intervalMs);
        this.plan = plan;
        this.schema = schema;
        this.element = element;
    }

    @Override
    List<T> compute(Run run, long tickMs) throws Exception {
        return new Rdd<>(run.input(this)).map(element).elements();
    }
}
