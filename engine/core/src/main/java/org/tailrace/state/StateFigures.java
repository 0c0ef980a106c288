package org.tailrace.state;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tailrace.report.CheckpointReport.Store;

/** Adds up what the files of the state hold, by operator. Files come by name: all changes, then the snapshots, oldest first. */
final class StateFigures {
    private record Change(int operator, long version, int written, int removed, int bytes) {}

    private final List<Change> changes = new ArrayList<>();
    private int operators;
    private long snapshot = -1;
    private long[] rows = new long[0];
    private long[] bytes = new long[0];
    private long version = -1;

    void changes(DataInputStream in) throws IOException {
        long of = in.readLong();
        version = Math.max(version, of);
        int operator = 0;
        for (; in.available() > 0; operator++) {
            int length = in.readInt();
            if (length >= 0) {
                changes.add(new Change(operator, of, in.readInt(), in.readInt(), length));
                in.skipNBytes(length - 2L * Integer.BYTES);
            }
        }
        operators = Math.max(operators, operator);
    }

    void snapshot(long at) {
        if (at > snapshot) {
            snapshot = at;
            rows = new long[0];
            bytes = new long[0];
        }
        version = Math.max(version, at);
    }

    void rows(long at, DataInputStream in, int length) throws IOException {
        snapshot(at);
        int operator = in.readInt();
        operators = Math.max(operators, operator + 1);
        if (operator >= rows.length) {
            rows = java.util.Arrays.copyOf(rows, operator + 1);
            bytes = java.util.Arrays.copyOf(bytes, operator + 1);
        }
        rows[operator] += in.readInt();
        bytes[operator] += length;
    }

    /** The newest version, −1 if there is none. */
    long last() {
        return version;
    }

    List<Store> all() {
        var all = new ArrayList<Store>();
        for (int operator = 0; operator < operators; operator++) {
            long written = 0;
            long removed = 0;
            long changed = 0;
            for (Change change : changes) {
                if (change.operator == operator && change.version > snapshot) {
                    written += change.written;
                    removed += change.removed;
                    changed += change.bytes;
                }
            }
            boolean some = operator < rows.length;
            all.add(new Store(
                    snapshot,
                    some ? rows[operator] : 0,
                    some ? bytes[operator] : 0,
                    version,
                    written,
                    removed,
                    changed));
        }
        return all;
    }
}
