package org.tailrace.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.plan.ResolvedPlan.Window.Edge;
import org.tailrace.plan.ResolvedPlan.Window.Frame;

/**
 * For each sorted row where its frame begins and ends, both within its partition. Without a frame: all of an unordered
 * partition, and of an ordered one what comes up to the row and its peers.
 */
final class Frames {
    final int[] from;
    final int[] to;

    private Frames(int[] from, int[] to) {
        this.from = from;
        this.to = to;
    }

    static Frames peers(Ranks ranks) {
        return new Frames(ranks.start, ranks.peersEnd);
    }

    /** @param order the one key that a frame with distances in its order needs */
    static Frames of(
            Frame frame, Ranks ranks, int[] sorted, VectorBatch rows, List<Order> order, PlannerOptions options) {
        int count = sorted.length;
        int[] from = new int[count];
        int[] to = new int[count];
        @Nullable Distances first = distances(frame.start(), sorted, rows, order, options);
        @Nullable Distances last = distances(frame.end(), sorted, rows, order, options);
        for (int i = 0; i < count; i++) {
            int start = begin(frame, i, ranks, first);
            int end = end(frame, i, ranks, last);
            from[i] = Math.max(ranks.start[i], Math.min(start, ranks.end[i]));
            to[i] = Math.max(from[i], Math.min(end, ranks.end[i]));
        }
        return new Frames(from, to);
    }

    /** A key of the order, and its values. */
    record Order(Vector values, boolean ascending, boolean nullsFirst) {}

    private static int begin(Frame frame, int i, Ranks ranks, @Nullable Distances distances) {
        Edge edge = frame.start();
        return switch (edge.kind()) {
            case FIRST -> ranks.start[i];
            case LAST -> ranks.end[i];
            case CURRENT -> frame.rows() ? i : ranks.peersStart[i];
            case ROWS -> clamped(i + edge.rows());
            case VALUE -> distances == null ? i : distances.first(i, ranks.start[i], ranks.end[i], false);
        };
    }

    private static int end(Frame frame, int i, Ranks ranks, @Nullable Distances distances) {
        Edge edge = frame.end();
        return switch (edge.kind()) {
            case FIRST -> ranks.start[i];
            case LAST -> ranks.end[i];
            case CURRENT -> frame.rows() ? i + 1 : ranks.peersEnd[i];
            case ROWS -> clamped(i + edge.rows() + 1);
            case VALUE -> distances == null ? i : distances.first(i, ranks.start[i], ranks.end[i], true);
        };
    }

    private static int clamped(long row) {
        return (int) Math.max(-1, Math.min(row, Integer.MAX_VALUE));
    }

    private static @Nullable Distances distances(
            Edge edge, int[] sorted, VectorBatch rows, List<Order> order, PlannerOptions options) {
        if (edge.value().isEmpty()) {
            return null;
        }
        Vector limits = options.compile(edge.value().get()).evaluate(rows);
        Order key = order.get(0);
        Vector both = Vector.create(key.values().type);
        both.prepare(0);
        Vector[] parts = {key.values(), limits};
        for (Vector part : parts) {
            for (int row : sorted) {
                both.append(part, row);
            }
        }
        return new Distances(VectorOrder.of(both, key.ascending(), key.nullsFirst()), sorted.length);
    }

    /** The sorted rows' keys, and behind them the limit of each row. */
    private record Distances(VectorOrder.RowComparator order, int count) {
        /** The first row of the partition that is not before the limit of row i, or that is behind it. */
        int first(int i, int start, int end, boolean behind) {
            int low = start;
            int high = end;
            while (low < high) {
                int middle = (low + high) >>> 1;
                int compared = order.compare(middle, count + i);
                if (compared < 0 || behind && compared == 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /** Where each sorted row's partition and peers begin and end. */
    static final class Ranks {
        final int[] start;
        final int[] end;
        final int[] peersStart;
        final int[] peersEnd;
        final int[] dense;

        Ranks(int[] sorted, int[] partition, VectorOrder.RowComparator order, boolean unordered) {
            int count = sorted.length;
            start = new int[count];
            end = new int[count];
            peersStart = new int[count];
            peersEnd = new int[count];
            dense = new int[count];
            for (int i = 0; i < count; i++) {
                boolean first = i == 0 || partition[sorted[i]] != partition[sorted[i - 1]];
                boolean peer = !first && (unordered || order.compare(sorted[i], sorted[i - 1]) == 0);
                start[i] = first ? i : start[i - 1];
                peersStart[i] = peer ? peersStart[i - 1] : i;
                dense[i] = first ? 1 : dense[i - 1] + (peer ? 0 : 1);
            }
            for (int i = count - 1; i >= 0; i--) {
                boolean last = i == count - 1 || start[i + 1] != start[i];
                end[i] = last ? i + 1 : end[i + 1];
                peersEnd[i] = last || peersStart[i + 1] != peersStart[i] ? i + 1 : peersEnd[i + 1];
            }
        }
    }
}
