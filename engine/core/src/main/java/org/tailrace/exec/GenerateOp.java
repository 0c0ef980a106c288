package org.tailrace.exec;

import java.util.BitSet;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.IntVector;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Evaluator;
import org.tailrace.expr.GeneratorFunction;

/** Gives each row once per row that a generator makes of it: the row's columns, then the generated ones. */
final class GenerateOp implements RowOp {
    private final GeneratorFunction generator;
    private final Evaluator[] arguments;
    private final boolean outer;
    private final int childColumns;
    private final BitSet needed;
    private final VectorBatch result;
    private final Vector[] generated;
    private final IntVector parents = new IntVector(DataType.INT);

    /** @param schema of the result */
    GenerateOp(
            GeneratorFunction generator,
            List<Evaluator> arguments,
            boolean outer,
            int childColumns,
            Schema schema,
            BitSet needed) {
        this.generator = generator;
        this.arguments = arguments.toArray(new Evaluator[0]);
        this.outer = outer;
        this.childColumns = childColumns;
        this.needed = needed;
        result = VectorBatch.create(schema);
        generated = java.util.Arrays.copyOfRange(result.columns, childColumns, result.columns.length);
    }

    @Override
    public void apply(VectorBatch rows, Rows out) throws Exception {
        var inputs = new Vector[arguments.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = arguments[i].evaluate(rows);
        }
        parents.prepare(0);
        for (Vector column : generated) {
            column.prepare(0);
        }
        generator.generate(inputs, rows.size, outer, parents, generated);
        int count = parents.size;
        for (int c = needed.nextSetBit(0); c >= 0 && c < childColumns; c = needed.nextSetBit(c + 1)) {
            result.columns[c].gather(rows.columns[c], parents.values, count);
        }
        result.size = count;
        out.accept(result);
    }
}
