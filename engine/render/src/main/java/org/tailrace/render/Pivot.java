package org.tailrace.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Row;
import org.tailrace.report.QueryInfo.Roles;
import org.tailrace.report.ResultSnapshot;

/**
 * Result rows arranged for a chart: one slot per value of x, in order, and one series per value of {@code by}, the
 * largest first; those beyond the palette's hues are summed up as "other".
 *
 * @param millis start of each slot if x is a time, else empty
 * @param labels of the slots if x is no time
 * @param values by series, then slot; NaN where there is none
 * @param deltas by slot: what the last batch added to it; NaN if nothing
 * @param closed by slot: all of its rows are settled
 */
record Pivot(
        long[] millis,
        List<String> labels,
        List<String> series,
        double[][] values,
        double[] deltas,
        boolean[] closed,
        double[] totals) {

    static final String OTHER = "other";

    int slots() {
        return deltas.length;
    }

    boolean timed() {
        return millis.length > 0;
    }

    private static final class Slot {
        final Comparable<Object> key;
        final String label;
        final Map<String, Double> values = new HashMap<>();
        double delta;
        boolean touched;
        boolean closed = true;

        @SuppressWarnings("unchecked")
        Slot(Object key, String label) {
            this.key = (Comparable<Object>) key;
            this.label = label;
        }
    }

    /**
     * @param x ordinal of the slots' column, or −1 for the window's start
     * @param y ordinal of the measure
     * @param by ordinal of the series' column, or −1 for one series
     * @param most slots, the last ones
     * @param add whether values of one slot and series are summed; otherwise the last one counts
     */
    static Pivot of(ResultSnapshot result, Roles roles, Cells cells, int x, int y, int by, int most, boolean add) {
        var slots = new LinkedHashMap<Object, Slot>();
        for (ResultSnapshot.Entry entry : result.rows()) {
            Object key = x < 0
                    ? ResultGrid.start(entry.row(), roles)
                    : timeOf(entry.row().get(x));
            if (!(key instanceof Comparable) || !(entry.row().get(y) instanceof Number number)) {
                continue;
            }
            Slot slot = slots.computeIfAbsent(key, k -> new Slot(k, cells.text(k)));
            String name =
                    by < 0 ? result.schema().name(y) : cells.text(entry.row().get(by));
            double value = number.doubleValue();
            if (add) {
                slot.values.merge(name, value, Double::sum);
            } else {
                slot.values.put(name, value);
            }
            slot.closed &= entry.closed();
            if (entry.lastChange() == result.batchId() && (entry.fresh() || entry.before() != null)) {
                slot.touched = true;
                slot.delta += value - before(entry.before(), y);
            }
        }
        var kept = new ArrayList<>(slots.values());
        kept.sort(Comparator.comparing(s -> s.key));
        List<Slot> shown = kept.size() <= most ? kept : kept.subList(kept.size() - most, kept.size());
        return arranged(shown);
    }

    private static double before(@Nullable Row row, int y) {
        return row != null && row.get(y) instanceof Number number ? number.doubleValue() : 0;
    }

    private static @Nullable Object timeOf(@Nullable Object value) {
        return value instanceof Row struct ? struct.get(0) : value;
    }

    private static Pivot arranged(List<Slot> slots) {
        var totals = new LinkedHashMap<String, Double>();
        for (Slot slot : slots) {
            slot.values.forEach((name, value) -> totals.merge(name, value, Double::sum));
        }
        var names = new ArrayList<>(totals.keySet());
        names.sort(Comparator.comparing((String n) -> -totals.get(n)).thenComparing(Comparator.naturalOrder()));
        boolean more = names.size() > Palette.HUES + 1;
        List<String> series = new ArrayList<>(more ? names.subList(0, Palette.HUES) : names);
        if (more) {
            series.add(OTHER);
        }
        int count = slots.size();
        double[][] values = new double[series.size()][count];
        double[] sums = new double[series.size()];
        for (double[] line : values) {
            java.util.Arrays.fill(line, Double.NaN);
        }
        double[] deltas = new double[count];
        boolean[] closed = new boolean[count];
        boolean timed = count > 0 && (Object) slots.get(0).key instanceof Instant;
        long[] millis = new long[timed ? count : 0];
        var labels = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            Slot slot = slots.get(i);
            for (Map.Entry<String, Double> value : slot.values.entrySet()) {
                int at = series.indexOf(value.getKey());
                int line = at >= 0 ? at : series.size() - 1;
                values[line][i] = (Double.isNaN(values[line][i]) ? 0 : values[line][i]) + value.getValue();
                sums[line] += value.getValue();
            }
            deltas[i] = slot.touched ? slot.delta : Double.NaN;
            closed[i] = slot.closed;
            labels.add(slot.label);
            if (timed) {
                millis[i] = ((Instant) (Object) slot.key).toEpochMilli();
            }
        }
        return new Pivot(millis, labels, series, values, deltas, closed, sums);
    }
}
