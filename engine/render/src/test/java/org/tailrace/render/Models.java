package org.tailrace.render;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.report.BatchReport;
import org.tailrace.report.BatchReport.LateRow;
import org.tailrace.report.BatchReport.OperatorProgress;
import org.tailrace.report.BatchReport.SourceProgress;
import org.tailrace.report.BatchReport.TimePoint;
import org.tailrace.report.BatchReport.Timings;
import org.tailrace.report.BatchReport.WindowSummary;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryInfo.Fold;
import org.tailrace.report.QueryInfo.Roles;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.report.ResultSnapshot;

/** A small simulated stream of page clicks: windows of 10 seconds, a delay of 10 seconds, a batch every 5 seconds. */
final class Models {
    static final long START = Instant.parse("2024-05-01T12:00:00Z").toEpochMilli();
    static final long WINDOW = 10_000;
    static final long DELAY = 10_000;
    static final long INTERVAL = 5_000;
    static final Schema SCHEMA = Schema.of(
            new Field("window_start", DataType.TIMESTAMP),
            new Field("window_end", DataType.TIMESTAMP),
            new Field("page", DataType.STRING),
            new Field("count", DataType.BIGINT),
            new Field("avg_ms", DataType.DOUBLE),
            new Field("last_user", DataType.STRING),
            new Field("bot", DataType.BOOLEAN));
    private static final String[] PAGES = {"/home", "/cart", "/search", "/help", "/about"};

    private record Event(long time, long arrival, String page) {}

    private Models() {}

    static QueryInfo info(boolean virtual) {
        return info(virtual, SCHEMA, new Roles(-1, 0, 1, List.of(2), List.of(3, 4, 5, 6)));
    }

    static QueryInfo info(boolean virtual, Schema schema, Roles roles) {
        return new QueryInfo(
                "q1",
                "run",
                "update",
                "every 5 s",
                INTERVAL,
                Fold.UPSERT,
                List.of("replay(clicks.jsonl)"),
                "view",
                false,
                virtual,
                virtual,
                DELAY,
                List.of(),
                -1,
                7,
                schema,
                roles,
                ZoneOffset.UTC);
    }

    static ViewModel clicks(boolean virtual, int batches) {
        var random = new Random(11);
        var events = new ArrayList<Event>();
        for (long at = START; at < START + batches * INTERVAL; at += 30 + random.nextInt(180)) {
            long lag = (long) Math.min(7000, Math.abs(random.nextGaussian()) * 1600) + 400;
            if (random.nextDouble() < 0.05) {
                lag += 8000 + random.nextInt(14_000);
            }
            double pick = random.nextDouble();
            int page = pick < 0.46 ? 0 : pick < 0.72 ? 1 : pick < 0.9 ? 2 : pick < 0.97 ? 3 : 4;
            events.add(new Event(Math.max(START, at - lag), at, PAGES[page]));
        }
        var reports = new ArrayList<BatchReport>();
        Map<Long, Map<String, Long>> counts = new TreeMap<>();
        Map<Long, Long> opened = new TreeMap<>();
        Map<Long, Long> closed = new TreeMap<>();
        Map<String, Long> before = new TreeMap<>();
        long watermark = 0;
        long max = 0;
        long lateRows = 0;
        int next = 0;
        for (int batch = 0; batch < batches; batch++) {
            long time = START + (batch + 1) * INTERVAL;
            var points = new ArrayList<TimePoint>();
            var late = new ArrayList<LateRow>();
            before.clear();
            counts.forEach((w, m) -> m.forEach((p, c) -> before.put(w + p, c)));
            long rows = 0;
            while (next < events.size() && events.get(next).arrival <= time) {
                Event event = events.get(next++);
                rows++;
                long window = Math.floorDiv(event.time, WINDOW) * WINDOW;
                boolean tooLate = window + WINDOW <= watermark;
                points.add(new TimePoint(event.time, event.arrival, tooLate));
                max = Math.max(max, event.time);
                if (tooLate) {
                    lateRows++;
                    late.add(new LateRow(
                            event.time,
                            event.arrival,
                            event.page,
                            "event earlier than the watermark; its window was already final"));
                    continue;
                }
                opened.putIfAbsent(window, event.arrival);
                counts.computeIfAbsent(window, w -> new TreeMap<>()).merge(event.page, 1L, Long::sum);
            }
            long used = watermark;
            watermark = Math.max(watermark, max - DELAY);
            var windows = new ArrayList<WindowSummary>();
            for (long window : counts.keySet()) {
                if (window + WINDOW <= used) {
                    closed.putIfAbsent(window, time);
                }
                long sum = counts.get(window).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                WindowSummary.Phase phase = closed.containsKey(window)
                        ? WindowSummary.Phase.FINAL
                        : window + WINDOW <= watermark ? WindowSummary.Phase.CLOSING : WindowSummary.Phase.OPEN;
                windows.add(new WindowSummary(
                        window, window + WINDOW, sum, opened.get(window), closed.getOrDefault(window, -1L), phase));
            }
            long state = counts.entrySet().stream()
                    .filter(e -> !closed.containsKey(e.getKey()))
                    .mapToLong(e -> e.getValue().size())
                    .sum();
            reports.add(new BatchReport(
                    batch,
                    time,
                    false,
                    List.of(new SourceProgress("replay(clicks.jsonl)", rows, 0, "", "", next, events.size())),
                    OptionalLong.of(used),
                    OptionalLong.of(watermark),
                    OptionalLong.empty(),
                    OptionalLong.of(max),
                    late.size(),
                    late.size(),
                    late,
                    0,
                    points,
                    windows,
                    List.of(new OperatorProgress("window aggregate", rows, 8, state, state * 130, 8, 2, 0, 1000)),
                    Batch.empty(SCHEMA),
                    8,
                    List.of("2 windows open; the first closes when an event later than 12:02:10 arrives"),
                    new Timings(0, 0, 400_000_000L + random.nextInt(280_000_000), 0, 0)));
        }
        return new ViewModel(
                info(virtual),
                new QueryStatus(State.RUNNING, "", batches - 1, START + batches * INTERVAL, null),
                reports,
                snapshot(counts, closed, before, batches - 1),
                batches,
                next,
                lateRows,
                0,
                OptionalLong.of(START),
                List.of(),
                "");
    }

    private static ResultSnapshot snapshot(
            Map<Long, Map<String, Long>> counts, Map<Long, Long> closed, Map<String, Long> before, long batchId) {
        var entries = new ArrayList<ResultSnapshot.Entry>();
        long changed = 0;
        long added = 0;
        for (var window : counts.entrySet()) {
            for (var page : window.getValue().entrySet()) {
                long start = window.getKey();
                Long old = before.get(start + page.getKey());
                boolean fresh = old == null;
                boolean touched = fresh || !old.equals(page.getValue());
                Row was = fresh || !touched ? null : row(start, page.getKey(), old);
                changed += was != null ? 1 : 0;
                added += fresh ? 1 : 0;
                entries.add(new ResultSnapshot.Entry(
                        row(start, page.getKey(), page.getValue()),
                        was,
                        touched ? batchId : batchId - 1,
                        fresh,
                        closed.containsKey(start)));
            }
        }
        return new ResultSnapshot(SCHEMA, batchId, entries, entries.size(), entries.size() * 2L, changed, added);
    }

    private static Row row(long start, String page, long count) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(Instant.ofEpochMilli(start));
        values.add(Instant.ofEpochMilli(start + WINDOW));
        values.add(page);
        values.add(count);
        values.add(90 + count * 0.37);
        values.add(
                page.equals("/help")
                        ? null
                        : page.equals("/search")
                                ? "u-9920-with-a-very-long-session-identifier"
                                : "u-" + (1000 + count * 37));
        values.add(page.equals("/help"));
        return new Row(SCHEMA, values);
    }
}
