package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.PlanException;
import org.tailrace.error.UserCodeException;
import org.tailrace.function.BatchFunction;
import org.tailrace.function.RowFunction;
import org.tailrace.plan.OutputMode;
import org.tailrace.spi.Providers;
import org.tailrace.spi.Sink;

class FunctionSinkTest {
    private static final Schema SCHEMA = Schema.of(new Field("n", DataType.INT));

    private static Sink open(String kind, Object binding) throws Exception {
        var provider = Providers.sink(kind, FunctionSinkTest.class.getClassLoader());
        var env = SystemEnvironment.create();
        Sink sink = provider.open(provider.describe(kind, Map.of(), binding, env), env);
        sink.open("q", 1, SCHEMA, List.of());
        return sink;
    }

    private static Batch batch(Integer... values) {
        return Batch.of(
                SCHEMA,
                List.of(values).stream().map(n -> new Row(SCHEMA, List.of(n))).toList());
    }

    @Test
    void forEach_sees_every_row_in_order() throws Exception {
        var seen = new ArrayList<Object>();
        RowFunction<Row> function = row -> seen.add(row.get("n"));
        var writer = open("foreach", function).begin(0, OutputMode.APPEND);
        writer.append(batch(1, 2));
        writer.append(batch(3));
        writer.commit();
        assertEquals(List.of(1, 2, 3), seen);
    }

    @Test
    void forEachBatch_sees_one_batch_with_its_id_also_an_empty_one() throws Exception {
        var seen = new ArrayList<String>();
        BatchFunction<Batch> function = (rows, id) -> seen.add(id + " " + Reading.rows(rows));
        Sink sink = open("foreachbatch", function);
        var writer = sink.begin(4, OutputMode.UPDATE);
        writer.append(batch(1, 2));
        writer.append(batch(3));
        writer.commit();
        sink.begin(5, OutputMode.UPDATE).commit();
        assertEquals(List.of("4 [[1], [2], [3]]", "5 []"), seen);
    }

    @Test
    void a_failing_function_is_told_with_batch_row_and_cause() throws Exception {
        RowFunction<Row> function = row -> {
            throw new IOException("disk away");
        };
        var writer = open("foreach", function).begin(7, OutputMode.APPEND);
        writer.append(batch(1));
        var failure = assertThrows(UserCodeException.class, writer::commit);
        assertEquals("TR-501", failure.code());
        assertTrue(failure.getMessage().contains("batch 7"));
        assertTrue(failure.getMessage().contains("row [1]"));
        assertEquals("disk away", failure.getCause().getMessage());
    }

    @Test
    void an_interrupt_passes_as_it_is() throws Exception {
        BatchFunction<Batch> function = (rows, id) -> {
            throw new InterruptedException();
        };
        assertThrows(
                InterruptedException.class,
                () -> open("foreachbatch", function).begin(0, OutputMode.APPEND).commit());
    }

    @Test
    void noop_and_an_unbound_view_take_anything() throws Exception {
        for (String kind : List.of("noop", "view")) {
            var writer = open(kind, null).begin(0, OutputMode.APPEND);
            writer.append(batch(1));
            writer.commit();
        }
    }

    @Test
    void a_function_sink_without_a_function_is_refused() {
        assertEquals(
                "TR-405",
                assertThrows(PlanException.class, () -> open("foreach", null)).code());
    }
}
