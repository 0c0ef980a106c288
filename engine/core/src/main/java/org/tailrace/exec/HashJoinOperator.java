package org.tailrace.exec;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.plan.JoinType;

/**
 * A join with a bounded table: that side is read whole in every batch and put into a hash table, the other side's rows
 * are looked up in it. Keeps no state. Without keys every row meets every row. Where rows of the table do not come out on
 * their own, any thread can look rows up.
 */
final class HashJoinOperator extends ApartOperator {

    /** @param buildLeft the left side is the table that is read whole */
    record Shape(JoinType type, boolean buildLeft, JoinKeys leftKeys, JoinKeys rightKeys, Schema left, Schema right) {
        boolean keepsProbed() {
            return type == JoinType.FULL || type == (buildLeft ? JoinType.RIGHT : JoinType.LEFT);
        }

        boolean keepsBuilt() {
            return type == JoinType.FULL || type == (buildLeft ? JoinType.LEFT : JoinType.RIGHT);
        }
    }

    /** The bounded side of a batch, by key. */
    private record Table(Collected rows, GroupIndex index, JoinChains chains) {}

    private final Shape shape;
    private final boolean apart;
    private final Supplier<JoinPairs> pairs;
    private @Nullable Table table;

    /** @param apart the condition and the keys follow from a pair of rows alone */
    HashJoinOperator(
            String name, Operator left, Operator right, Shape shape, boolean apart, Supplier<JoinPairs> pairs) {
        super(name, List.of(left, right));
        this.shape = shape;
        this.apart = apart;
        this.pairs = pairs;
    }

    @Override
    boolean apart() {
        return apart && !shape.keepsBuilt() && buildKeys().index().reader() != null;
    }

    @Override
    Operator input() {
        return children().get(shape.buildLeft() ? 1 : 0);
    }

    private JoinKeys buildKeys() {
        return shape.buildLeft() ? shape.leftKeys() : shape.rightKeys();
    }

    private JoinKeys probeKeys() {
        return shape.buildLeft() ? shape.rightKeys() : shape.leftKeys();
    }

    @Override
    void prepare(BatchRun batch) throws Exception {
        table = null;
        table = build(batch);
    }

    private Table build(BatchRun batch) throws Exception {
        boolean buildLeft = shape.buildLeft();
        Collected built =
                Collected.run(children().get(buildLeft ? 0 : 1), buildLeft ? shape.left() : shape.right(), batch);
        GroupIndex index = buildKeys().index();
        var chains = new JoinChains();
        fill(built, buildKeys(), index, chains);
        return new Table(built, index, chains);
    }

    @Override
    Supplier<RowOp> factory() {
        return () -> new RowOp() {
            private @Nullable Table known;
            private @Nullable Probe probe;

            @Override
            public void apply(VectorBatch rows, Rows out) throws Exception {
                Table now = Objects.requireNonNull(table);
                Probe mine = probe;
                if (mine == null || known != now) {
                    GroupIndex reader = Objects.requireNonNull(now.index().reader());
                    reader.follow(now.index());
                    mine = new Probe(now, reader, probeKeys().copy());
                    known = now;
                    probe = mine;
                }
                mine.apply(rows, out);
            }
        };
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        Table built = build(batch);
        var probe = new Probe(built, built.index(), probeKeys());
        var matched = new BitSet();
        input().run(batch, rows -> {
            probe.apply(rows, out);
            if (shape.keepsBuilt()) {
                probe.found.waiting.forEach(row -> {
                    if (row >= 0) {
                        matched.set(row);
                    }
                });
            }
        });
        if (shape.keepsBuilt()) {
            JoinPairs alone = probe.found;
            alone.clear();
            for (int row = matched.nextClearBit(0); row < built.rows().size(); row = matched.nextClearBit(row + 1)) {
                alone.add(row, -1);
            }
            VectorBatch nothing = VectorBatch.create(shape.buildLeft() ? shape.right() : shape.left());
            alone.write(new BatchRows(built.rows().rows), new BatchRows(nothing), shape.buildLeft(), out);
        }
    }

    /** Looks rows up in the table and gives what the join makes of them. One per thread. */
    private final class Probe {
        private final Table built;
        private final GroupIndex index;
        private final JoinKeys keys;
        private final JoinPairs.RowSource builtRows;
        private final VectorBatch part;
        final JoinPairs found = pairs.get();

        Probe(Table built, GroupIndex index, JoinKeys keys) {
            this.built = built;
            this.index = index;
            this.keys = keys;
            builtRows = new BatchRows(built.rows().rows);
            part = VectorBatch.create(shape.buildLeft() ? shape.right() : shape.left());
        }

        void apply(VectorBatch rows, Rows out) throws Exception {
            pair(rows, keys, index, built.chains(), found);
            found.filter(new BatchRows(rows), builtRows, !shape.buildLeft());
            if (shape.type() == JoinType.SEMI || shape.type() == JoinType.ANTI) {
                writeOneSide(rows, found, part, out);
                return;
            }
            if (shape.keepsProbed()) {
                found.keepAll(rows.size);
            }
            found.write(new BatchRows(rows), builtRows, !shape.buildLeft(), out);
        }
    }

    @Override
    String nothing() {
        long probed = children().get(shape.buildLeft() ? 1 : 0).outputRows;
        boolean anti = shape.type() == JoinType.ANTI;
        return probed == 0
                ? ""
                : (anti ? "each of " : "none of ") + Explanations.rows(probed) + " has a partner in the table";
    }

    static void fill(Collected built, JoinKeys keys, GroupIndex index, JoinChains chains) {
        if (built.size() == 0) {
            return;
        }
        Vector[] columns = keys.evaluate(built.rows);
        int[] ids = new int[built.size()];
        index.add(columns, ids.length, ids);
        for (int row = 0; row < ids.length; row++) {
            if (!keys.unequal(columns, row)) {
                chains.add(ids[row], row);
            }
        }
    }

    /** The pairs of rows whose keys are equal. */
    static void pair(VectorBatch rows, JoinKeys keys, GroupIndex index, JoinChains chains, JoinPairs pairs) {
        Vector[] columns = keys.evaluate(rows);
        int[] ids = new int[rows.size];
        index.find(columns, rows.size, ids);
        keys.maskUnequal(columns, rows.size, ids);
        pairs.collect(ids, rows.size, chains);
    }

    private void writeOneSide(VectorBatch rows, JoinPairs pairs, VectorBatch part, Rows out) throws Exception {
        var partners = new BitSet();
        for (int i = 0; i < pairs.arriving.size; i++) {
            partners.set(pairs.arriving.values[i]);
        }
        boolean wanted = shape.type() == JoinType.SEMI;
        int[] some = new int[rows.size];
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (partners.get(i) == wanted) {
                some[count++] = i;
            }
        }
        Columns.gather(rows, some, count, part);
        out.accept(part);
    }
}
