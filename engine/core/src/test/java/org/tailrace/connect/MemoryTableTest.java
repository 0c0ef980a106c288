package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.DataException;
import org.tailrace.error.SourceException;
import org.tailrace.spi.Source;

class MemoryTableTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("symbol", DataType.STRING), new Field("price", DataType.DOUBLE));
    private final MemoryTable table = MemoryTable.keeping("trades", SCHEMA);

    private static Row row(Object... values) {
        return new Row(SCHEMA, List.of(values));
    }

    private static Source open(MemoryTable table, boolean streaming) throws Exception {
        return new MemoryProvider().open(table.spec(streaming), SystemEnvironment.create());
    }

    @Test
    void every_add_is_a_block_and_all_new_blocks_make_one_range() throws Exception {
        try (Source source = open(table, true)) {
            assertTrue(source.plan(null, Source.Limit.NONE).isEmpty());
            table.add(List.of(row("ACME", 1.0)));
            table.add(List.of(row("INIT", 2.0), row("ACME", 3.0)));
            var first = source.plan(null, Source.Limit.NONE).orElseThrow();
            assertEquals("[2]", first.json());
            assertEquals(
                    List.of(List.of("ACME", 1.0), List.of("INIT", 2.0), List.of("ACME", 3.0)),
                    Reading.rows(source, null, first));
            try (var reader = source.read(null, first)) {
                assertEquals(1, reader.next().size());
                assertEquals(2, reader.next().size());
            }
            assertTrue(source.plan(first, Source.Limit.NONE).isEmpty());
        }
    }

    @Test
    void an_empty_block_is_data() throws Exception {
        try (Source source = open(table, true)) {
            table.add(List.of());
            var to = source.plan(null, Source.Limit.NONE).orElseThrow();
            assertEquals(List.of(), Reading.rows(source, null, to));
        }
    }

    @Test
    void a_limit_ends_a_range_at_a_block_but_takes_at_least_one() throws Exception {
        try (Source source = open(table, true)) {
            table.add(List.of(row("a", 1.0), row("b", 1.0)));
            table.add(List.of(row("c", 1.0)));
            table.add(List.of(row("d", 1.0)));
            var first = source.plan(null, new Source.Limit(1)).orElseThrow();
            assertEquals("[1]", first.json());
            assertEquals(
                    "[3]", source.plan(first, new Source.Limit(2)).orElseThrow().json());
        }
    }

    @Test
    void readers_are_woken_by_an_add() throws Exception {
        var woken = new AtomicInteger();
        try (Source source = open(table, true)) {
            source.onAvailable(woken::incrementAndGet);
            table.add(List.of(row("a", 1.0)));
            assertEquals(1, woken.get());
        }
        table.add(List.of(row("a", 1.0)));
        assertEquals(1, woken.get());
    }

    @Test
    void a_keeping_table_gives_committed_rows_to_a_new_query() throws Exception {
        table.add(List.of(row("a", 1.0)));
        try (Source source = open(table, true)) {
            source.commit(source.plan(null, Source.Limit.NONE).orElseThrow());
        }
        try (Source source = open(table, true)) {
            var to = source.plan(null, Source.Limit.NONE).orElseThrow();
            assertEquals(1, Reading.rows(source, null, to).size());
        }
    }

    @Test
    void a_forgetting_table_drops_what_all_its_readers_have_committed() throws Exception {
        var forgetting = MemoryTable.forgetting("t", SCHEMA);
        try (Source fast = open(forgetting, true);
                Source slow = open(forgetting, true)) {
            forgetting.add(List.of(row("a", 1.0)));
            forgetting.add(List.of(row("b", 1.0)));
            var all = fast.plan(null, Source.Limit.NONE).orElseThrow();
            fast.commit(all);
            assertEquals(2, forgetting.held().size());
            slow.commit(slow.offset("[1]"));
            assertEquals(1, forgetting.held().size());
            assertEquals(List.of(List.of("b", 1.0)), Reading.rows(slow, slow.offset("[1]"), all));
            assertEquals(
                    "TR-413",
                    assertThrows(SourceException.class, () -> slow.read(null, all))
                            .code());
        }
    }

    @Test
    void a_bounded_read_gives_what_is_there_once() throws Exception {
        table.add(List.of(row("a", 1.0)));
        try (Source source = open(table, false)) {
            table.add(List.of(row("later", 1.0)));
            var to = source.plan(null, Source.Limit.NONE).orElseThrow();
            assertEquals(List.of(List.of("a", 1.0)), Reading.rows(source, null, to));
            assertTrue(source.finished(to));
            assertTrue(source.plan(to, Source.Limit.NONE).isEmpty());
        }
    }

    @Test
    void a_row_that_does_not_fit_is_refused_whole() {
        var wrong = assertThrows(DataException.class, () -> table.add(List.of(row("a", 1.0), row("b", "dear"))));
        assertEquals("TR-411", wrong.code());
        assertTrue(wrong.getMessage().contains("column 'price' is double and cannot hold dear"), wrong.getMessage());
        assertThrows(DataException.class, () -> table.add(List.of(row("a"))));
        assertEquals(0, table.blocks());
    }

    @Test
    void a_closed_table_fails_its_readers_with_the_reason() throws Exception {
        try (Source source = open(table, true)) {
            table.close("'trades' was declared anew with another schema");
            var gone = assertThrows(SourceException.class, () -> source.plan(null, Source.Limit.NONE));
            assertEquals("TR-412", gone.code());
            assertTrue(gone.getMessage().contains("declared anew"));
        }
    }

    @Test
    void threads_may_add_at_the_same_time() throws Exception {
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 250; i++) {
                    table.add(List.of(row("a", (double) i)));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        try (Source source = open(table, true)) {
            var to = source.plan(null, Source.Limit.NONE).orElseThrow();
            assertEquals(1000, Reading.rows(source, null, to).size());
        }
    }
}
