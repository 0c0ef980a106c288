package org.tailrace.exec;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;

/** What the tables of one aggregation have in common. */
record GroupShape(List<Typed> keys, List<AggregateCall> calls, EvalContext context, int vectorSize) {

    List<DataType> keyTypes() {
        return keys.stream().map(Typed::type).toList();
    }

    Accumulators accumulators() {
        return new Accumulators(calls, context);
    }

    Vector[] keyVectors() {
        return keys.stream().map(k -> Vector.create(k.type())).toArray(Vector[]::new);
    }

    AggregateRows rows() {
        return new AggregateRows(keys, calls);
    }
}
