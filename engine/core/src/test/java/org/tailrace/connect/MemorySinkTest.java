package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.plan.OutputMode;
import org.tailrace.spi.Sink;

class MemorySinkTest {
    private static final Schema SCHEMA = Schema.of(new Field("k", DataType.STRING), new Field("n", DataType.BIGINT));
    private final MemoryResult result = new MemoryResult("counts");

    private Sink open(String query, List<Integer> keys) throws Exception {
        Sink sink = new MemoryProvider().open(result.sink(), SystemEnvironment.create());
        sink.open(query, 1, SCHEMA, keys);
        return sink;
    }

    private static Batch batch(Object... cells) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < cells.length; i += 2) {
            rows.add(new Row(SCHEMA, List.of(cells[i], cells[i + 1])));
        }
        return Batch.of(SCHEMA, rows);
    }

    private static void write(Sink sink, long id, OutputMode mode, Batch... batches) throws Exception {
        var writer = sink.begin(id, mode);
        for (Batch batch : batches) {
            writer.append(batch);
        }
        writer.commit();
    }

    private List<List<@Nullable Object>> rows() {
        return Reading.rows(result.rows());
    }

    @Test
    void append_adds_and_a_repeated_batch_replaces_itself() throws Exception {
        Sink sink = open("q", List.of());
        assertTrue(sink.lastCommitted().isEmpty());
        write(sink, 0, OutputMode.APPEND, batch("a", 1L), batch("b", 1L));
        write(sink, 1, OutputMode.APPEND, batch("c", 1L));
        write(sink, 1, OutputMode.APPEND, batch("d", 1L));
        write(sink, 0, OutputMode.APPEND, batch("z", 1L));
        assertEquals(List.of(List.of("a", 1L), List.of("b", 1L), List.of("d", 1L)), rows());
        assertEquals(1, sink.lastCommitted().orElseThrow());
    }

    @Test
    void update_appends_and_the_latest_rows_are_one_for_each_key() throws Exception {
        Sink sink = open("q", List.of(0));
        write(sink, 0, OutputMode.UPDATE, batch("a", 1L, "b", 1L));
        write(sink, 1, OutputMode.UPDATE, batch("a", 2L));
        assertEquals(List.of(List.of("a", 1L), List.of("b", 1L), List.of("a", 2L)), rows());
        assertEquals(List.of(List.of("a", 2L), List.of("b", 1L)), Reading.rows(result.latest()));
    }

    @Test
    void complete_replaces_all() throws Exception {
        Sink sink = open("q", List.of(0));
        write(sink, 0, OutputMode.COMPLETE, batch("a", 1L));
        write(sink, 1, OutputMode.COMPLETE, batch("a", 2L, "b", 1L));
        write(sink, 1, OutputMode.COMPLETE, batch("a", 2L, "b", 1L));
        assertEquals(List.of(List.of("a", 2L), List.of("b", 1L)), rows());
        write(sink, 2, OutputMode.COMPLETE);
        assertEquals(List.of(), rows());
    }

    @Test
    void an_aborted_batch_leaves_no_trace() throws Exception {
        Sink sink = open("q", List.of());
        var writer = sink.begin(0, OutputMode.APPEND);
        writer.append(batch("a", 1L));
        writer.abort();
        assertEquals(List.of(), rows());
    }

    @Test
    void the_same_query_goes_on_and_another_starts_anew() throws Exception {
        write(open("q", List.of()), 0, OutputMode.APPEND, batch("a", 1L));
        Sink again = open("q", List.of());
        assertEquals(0, again.lastCommitted().orElseThrow());
        assertEquals(1, rows().size());
        assertTrue(open("other", List.of()).lastCommitted().isEmpty());
        assertEquals(0, rows().size());
    }

    @Test
    void thousands_of_small_batches_stay_in_order_and_in_few_blocks() throws Exception {
        Sink sink = open("q", List.of());
        for (long id = 0; id < 5000; id++) {
            write(sink, id, OutputMode.APPEND, batch("k", id));
        }
        Batch all = result.rows();
        assertEquals(5000, all.size());
        for (int i = 0; i < 5000; i++) {
            assertEquals((long) i, all.get(i, 1));
        }
        assertTrue(result.blocks().size() < 20, "blocks " + result.blocks().size());
    }

    @Test
    void what_it_holds_is_a_bounded_table() throws Exception {
        write(open("q", List.of()), 0, OutputMode.APPEND, batch("a", 1L));
        var source = new MemoryProvider().open(result.table(), SystemEnvironment.create());
        var to = source.plan(null, org.tailrace.spi.Source.Limit.NONE).orElseThrow();
        assertEquals(List.of(List.of("a", 1L)), Reading.rows(source, null, to));
    }
}
