package org.tailrace.connect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.env.Environment;
import org.tailrace.plan.SourceSpec;
import org.tailrace.report.BadRow;
import org.tailrace.spi.Format;

/**
 * The rows of a replay in the order in which they arrive, those of one time in the order of the file. Rows without an arrival
 * time have none and count as bad.
 *
 * @param arrivals one for each row, microseconds since the epoch, never falling
 * @param bytes of all files: another number tells that the data are others
 */
record Replayed(Batch rows, long[] arrivals, long bytes, long badRows, List<BadRow> badSamples) {
    private static final int BLOCK = 8192;

    static Replayed load(SourceSpec spec, Format format, FileOptions options, Environment env) throws IOException {
        var bounded = new SourceSpec(spec.kind(), spec.identity(), spec.schema(), false, spec.options());
        long bytes = 0;
        var blocks = new ArrayList<Batch>();
        var bad = new ArrayList<BadRow>();
        long badRows;
        try (var source = new FileSource(bounded, format, options, env)) {
            var all = (FileOffset)
                    source.plan(null, org.tailrace.spi.Source.Limit.NONE).orElseThrow();
            for (SeenFile file : all.files()) {
                bytes += file.size();
            }
            try (var reader = (FilesReader) source.read(null, all)) {
                for (Batch block = reader.next(); block != null; block = reader.next()) {
                    blocks.add(block);
                }
                badRows = reader.badRows();
                bad.addAll(reader.badSamples());
            }
        }
        int column = spec.schema().indexOf(spec.arrivalColumn().orElseThrow());
        var unsorted = new BatchBuilder(spec.schema());
        var view = VectorBatch.create(spec.schema());
        for (Batch block : blocks) {
            view.view(block, 0, block.size());
            var times = view.columns[column];
            for (int row = 0; row < block.size(); row++) {
                if (times.isNull(row)) {
                    badRows++;
                    if (bad.size() < 100) {
                        bad.add(noArrival(spec, block, row, column));
                    }
                } else {
                    unsorted.addRow(view, row);
                }
            }
        }
        return sorted(unsorted, column, bytes, badRows, bad);
    }

    private static BadRow noArrival(SourceSpec spec, Batch block, int row, int column) {
        String text = block.row(row).toString();
        return new BadRow(
                -1,
                spec.identity(),
                spec.identity(),
                text.substring(0, Math.min(4096, text.length())),
                "column '" + spec.schema().name(column) + "' is NULL, so nobody knows when the row arrived");
    }

    private static Replayed sorted(BatchBuilder unsorted, int column, long bytes, long badRows, List<BadRow> bad) {
        int size = unsorted.size();
        long[] times = new long[size];
        var arrivals = (LongVector) unsorted.vector(column);
        System.arraycopy(arrivals.values, 0, times, 0, size);
        Batch rows = unsorted.build();
        int[] order = StableOrder.of(times);
        long[] inOrder = new long[size];
        boolean moved = false;
        for (int i = 0; i < size; i++) {
            inOrder[i] = times[order[i]];
            moved |= order[i] != i;
        }
        return new Replayed(moved ? gather(rows, order) : rows, inOrder, bytes, badRows, List.copyOf(bad));
    }

    private static Batch gather(Batch rows, int[] order) {
        var view = VectorBatch.create(rows.schema());
        view.view(rows, 0, rows.size());
        var columns = new ArrayList<org.tailrace.data.Column>();
        for (Vector column : view.columns) {
            Vector target = Vector.create(column.type);
            target.gather(column, order, order.length);
            columns.add(target.toColumn());
        }
        return new Batch(rows.schema(), rows.size(), columns);
    }

    /** Rows {@code from} to {@code to}, in blocks. */
    List<Batch> slice(int from, int to) {
        var blocks = new ArrayList<Batch>();
        var view = VectorBatch.create(rows.schema());
        for (int at = from; at < to; at += BLOCK) {
            view.view(rows, at, Math.min(BLOCK, to - at));
            blocks.add(view.toBatch(rows.schema()));
        }
        return blocks;
    }
}
