package org.tailrace.render;

import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryInfo.Roles;
import org.tailrace.report.ResultSnapshot.Entry;

/**
 * What came out of one batch against what came out of another: rows are paired by window and keys, or by all their values where a
 * result has neither.
 */
public final class Differences {
    private static final int ROWS = 20;

    private final QueryInfo info;
    private final BatchReport earlier;
    private final BatchReport later;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Row> gone = new ArrayList<>();
    private int changed;
    private int same;

    private Differences(QueryInfo info, BatchReport earlier, BatchReport later) {
        this.info = info;
        this.earlier = earlier;
        this.later = later;
    }

    public static Rendered draw(QueryInfo info, BatchReport earlier, BatchReport later) {
        var differences = new Differences(info, earlier, later);
        differences.pair();
        return differences.draw();
    }

    private void pair() {
        var before = new LinkedHashMap<List<@Nullable Object>, Deque<Row>>();
        Batch old = earlier.result();
        for (int i = 0; i < old.size(); i++) {
            before.computeIfAbsent(key(old.row(i)), k -> new ArrayDeque<>()).add(old.row(i));
        }
        Batch fresh = later.result();
        for (int i = 0; i < fresh.size(); i++) {
            Row row = fresh.row(i);
            Deque<Row> candidates = before.get(key(row));
            Row was = candidates == null ? null : candidates.poll();
            if (was != null && was.values().equals(row.values())) {
                same++;
            } else {
                changed += was == null ? 0 : 1;
                entries.add(new Entry(row, was, later.batchId(), was == null, false));
            }
        }
        before.values().forEach(gone::addAll);
    }

    private List<@Nullable Object> key(Row row) {
        Roles roles = info.roles();
        var columns = new ArrayList<>(roles.keys());
        for (int column : List.of(roles.window(), roles.windowStart(), roles.windowEnd())) {
            if (column >= 0) {
                columns.add(column);
            }
        }
        if (columns.isEmpty()) {
            return row.values();
        }
        var key = new ArrayList<@Nullable Object>();
        columns.forEach(column -> key.add(row.get(column)));
        return key;
    }

    private Rendered draw() {
        ZoneId zone = info.zone();
        String title = "Batch #" + later.batchId() + " against #" + earlier.batchId();
        String onlyNow = "only in #" + later.batchId();
        String onlyThen = "only in #" + earlier.batchId();
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("changed", changed);
        counts.put(onlyNow, entries.size() - changed);
        counts.put(onlyThen, gone.size());
        counts.put("the same", same);
        var words = new ArrayList<String>();
        counts.forEach((word, count) -> words.add(Numbers.count(count) + " " + word));
        if (earlier.cut() || later.cut()) {
            words.add("compared as far as the results are kept");
        }
        String said = String.join(" · ", words);
        var html = new StringBuilder("<div style=\"font-family:" + Html.FONT + ";font-size:12px\">")
                .append(Html.bold(title))
                .append(" &nbsp;")
                .append(Html.quiet(said));
        var text = new StringBuilder(title).append(" · ").append(said).append('\n');
        if (!entries.isEmpty()) {
            Grid grid = new ResultGrid(later.result().schema(), info.roles(), zone)
                    .of(entries.subList(0, Math.min(ROWS, entries.size())), later.batchId());
            html.append(grid.html());
            text.append(grid.text());
        }
        html.append("</div>");
        if (!gone.isEmpty()) {
            Rendered table = Values.rows(
                    earlier.result().schema(),
                    gone.subList(0, Math.min(ROWS, gone.size())),
                    gone.size(),
                    zone,
                    onlyThen);
            html.append(table.html());
            text.append(table.text());
        }
        return Rendered.of(html.toString(), text.toString());
    }
}
