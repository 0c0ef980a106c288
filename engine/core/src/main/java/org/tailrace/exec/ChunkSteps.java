package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;

/** The steps that the rows of chunks go through: for each slot its own, as slots are worked on side by side. */
final class ChunkSteps {
    private final List<ApartOperator> operators;
    private final List<RowOp> chains = new ArrayList<>();
    private final List<long[]> counts = new ArrayList<>();

    ChunkSteps(List<ApartOperator> operators) {
        this.operators = List.copyOf(operators);
    }

    /** Begins a batch. */
    void begin() {
        operators.forEach(o -> {
            o.outputRows = 0;
            o.nanos = 0;
        });
    }

    /** Before the first chunk of a batch. */
    void prepare(BatchRun batch) throws Exception {
        for (ApartOperator operator : operators) {
            operator.prepare(batch);
        }
    }

    RowOp chain(int slot) {
        while (chains.size() <= slot) {
            long[] passed = new long[operators.size()];
            counts.add(passed);
            chains.add(
                    RowOp.chain(operators.stream().map(ApartOperator::factory).toList(), passed));
        }
        return chains.get(slot);
    }

    /** Adds what the steps of a slot gave to what the operators gave. */
    void count(int slot) {
        long[] passed = counts.get(slot);
        for (int i = 0; i < passed.length; i++) {
            operators.get(i).outputRows += passed[i];
            passed[i] = 0;
        }
    }
}
