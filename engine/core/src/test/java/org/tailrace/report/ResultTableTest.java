package org.tailrace.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;

class ResultTableTest {
    private static final Schema COUNTS = Schema.of(
            new Field("window_end", DataType.TIMESTAMP),
            new Field("k", DataType.STRING),
            new Field("n", DataType.BIGINT));
    private static final QueryInfo.Roles WINDOWED = new QueryInfo.Roles(-1, -1, 0, List.of(1), List.of(2));
    private static final Schema PLAIN = Schema.of(new Field("n", DataType.BIGINT));

    private static Batch batch(Schema schema, Object... cells) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < cells.length; i += schema.size()) {
            rows.add(new Row(schema, Arrays.asList(cells).subList(i, i + schema.size())));
        }
        return Batch.of(schema, rows);
    }

    private static Batch numbers(long from, long to) {
        var rows = new ArrayList<Row>();
        for (long i = from; i < to; i++) {
            rows.add(new Row(PLAIN, List.of(i)));
        }
        return Batch.of(PLAIN, rows);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private static List<Object> cells(ResultSnapshot snapshot, int column) {
        return new ArrayList<>(
                snapshot.rows().stream().map(e -> e.row().get(column)).toList());
    }

    private static ResultTable plain(QueryInfo.Fold fold, boolean ordered) {
        return new ResultTable(fold, PLAIN, QueryInfo.Roles.NONE, ordered);
    }

    @Test
    void staged_rows_show_only_once_their_batch_is_committed() {
        var table = plain(QueryInfo.Fold.ADD, false);
        table.stage(numbers(0, 3));
        assertEquals(0, table.snapshot(10).rows().size());
        table.commit(0, OptionalLong.empty());
        assertEquals(List.of(0L, 1L, 2L), cells(table.snapshot(10), 0));
        table.stage(numbers(3, 5));
        table.discard();
        table.commit(1, OptionalLong.empty());
        assertEquals(3, table.snapshot(10).written());
        assertEquals(1, table.snapshot(10).batchId());
    }

    @Test
    void added_rows_keep_the_newest_ten_thousand_and_count_all() {
        var table = plain(QueryInfo.Fold.ADD, false);
        table.stage(numbers(0, 7_000));
        table.stage(numbers(7_000, 25_000));
        table.commit(0, OptionalLong.empty());
        table.stage(numbers(25_000, 25_004));
        table.commit(1, OptionalLong.empty());
        ResultSnapshot all = table.snapshot(Integer.MAX_VALUE);
        assertEquals(10_000, all.rows().size());
        assertEquals(25_004, all.written());
        assertEquals(15_004L, all.rows().get(0).row().get(0));
        assertEquals(4, all.added());
        assertEquals(List.of(25_002L, 25_003L), cells(table.snapshot(2), 0));
        assertTrue(all.rows().get(9_999).fresh());
        assertFalse(all.rows().get(0).fresh());
        assertTrue(all.rows().get(0).closed());
    }

    @Test
    void an_upsert_replaces_the_row_of_its_window_and_key_and_keeps_the_value_before() {
        var table = new ResultTable(QueryInfo.Fold.UPSERT, COUNTS, WINDOWED, false);
        table.stage(batch(COUNTS, at(20), "a", 1L, at(10), "b", 5L));
        table.commit(0, OptionalLong.of(0));
        table.stage(batch(COUNTS, at(20), "a", 2L, at(20), "c", 1L));
        table.commit(1, OptionalLong.of(10_000));
        ResultSnapshot now = table.snapshot(10);
        assertEquals(List.of("b", "a", "c"), cells(now, 1));
        assertEquals(List.of(5L, 2L, 1L), cells(now, 2));
        assertEquals(1, now.changed());
        assertEquals(1, now.added());
        assertTrue(now.rows().get(0).closed());
        assertFalse(now.rows().get(1).closed());
        assertEquals(1L, now.rows().get(1).before().get(2));
        assertNull(now.rows().get(2).before());
        assertTrue(now.rows().get(2).fresh());
        assertEquals(0, now.rows().get(0).lastChange());
    }

    @Test
    void a_row_sent_again_with_the_same_value_has_not_changed() {
        var table = new ResultTable(QueryInfo.Fold.UPSERT, COUNTS, WINDOWED, false);
        for (int id = 0; id < 2; id++) {
            table.stage(batch(COUNTS, at(20), "a", 1L));
            table.commit(id, OptionalLong.empty());
        }
        assertEquals(0, table.snapshot(1).changed());
        assertEquals(0, table.snapshot(1).rows().get(0).lastChange());
        assertEquals(2, table.snapshot(1).written());
    }

    @Test
    void replaced_rows_are_compared_with_those_before_and_leave_when_they_are_not_sent() {
        var keyed = new QueryInfo.Roles(-1, -1, -1, List.of(1), List.of(2));
        var table = new ResultTable(QueryInfo.Fold.REPLACE, COUNTS, keyed, false);
        table.stage(batch(COUNTS, at(1), "a", 1L, at(1), "b", 2L, at(1), "c", 2L));
        table.commit(0, OptionalLong.of(99_000));
        table.stage(batch(COUNTS, at(1), "c", 3L, at(1), "a", 1L));
        table.commit(1, OptionalLong.of(99_000));
        ResultSnapshot now = table.snapshot(10);
        assertEquals(List.of("c", "a"), cells(now, 1));
        assertEquals(1, now.changed());
        assertEquals(0, now.added());
        assertEquals(2L, now.rows().get(0).before().get(2));
        assertFalse(now.rows().get(0).closed());
    }

    @Test
    void an_ordered_replace_keeps_and_shows_its_first_rows() {
        var table = plain(QueryInfo.Fold.REPLACE, true);
        table.stage(numbers(0, 9_000));
        table.stage(numbers(9_000, 12_000));
        table.commit(0, OptionalLong.empty());
        assertEquals(List.of(0L, 1L), cells(table.snapshot(2), 0));
        assertEquals(10_000, table.snapshot(1).kept());
        assertEquals(12_000, table.snapshot(1).written());
    }

    @Test
    void equal_rows_of_a_replace_are_all_kept() {
        var table = plain(QueryInfo.Fold.REPLACE, false);
        table.stage(batch(PLAIN, 7L, 7L, 7L));
        table.commit(0, OptionalLong.empty());
        assertEquals(3, table.snapshot(10).rows().size());
    }

    @Test
    void whatever_the_sizes_of_batches_no_kept_row_is_stale() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var table = new ResultTable(QueryInfo.Fold.UPSERT, COUNTS, WINDOWED, false);
            var model = new LinkedHashMap<List<Object>, Long>();
            for (int id = 0; id < 6; id++) {
                int rows = random.nextInt(4) == 0 ? 10_001 + random.nextInt(500) : random.nextInt(3_000);
                var keys = new LinkedHashMap<List<Object>, Long>();
                for (int i = 0; i < rows; i++) {
                    keys.put(List.of(at(random.nextInt(40)), "k" + random.nextInt(400)), random.nextLong());
                }
                var cells = new ArrayList<Object>();
                keys.forEach((key, value) -> {
                    cells.addAll(key);
                    cells.add(value);
                });
                model.putAll(keys);
                table.stage(batch(COUNTS, cells.toArray()));
                table.commit(id, OptionalLong.empty());
            }
            for (var entry : table.snapshot(Integer.MAX_VALUE).rows()) {
                Row row = entry.row();
                assertEquals(model.get(List.of(row.get(0), row.get(1))), row.get(2), "seed " + seed);
            }
        }
    }
}
