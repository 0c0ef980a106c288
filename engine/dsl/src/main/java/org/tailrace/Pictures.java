package org.tailrace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.tailrace.data.Batch;
import org.tailrace.data.Field;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.render.Rendered;
import org.tailrace.render.Steps;
import org.tailrace.render.Values;
import org.tailrace.render.ViewSpec;
import org.tailrace.report.BatchReport;
import tech.tablesaw.api.Table;

/** Draws the values of a notebook that this library knows: for any notebook kernel that can render by type. */
public final class Pictures {
    private static final int ROWS = 60;

    private Pictures() {}

    /** Whether the value is of a type that {@link #of} draws. */
    public static boolean draws(Object value) {
        return value instanceof StreamTable
                || value instanceof TypedStream
                || value instanceof Shown
                || value instanceof Query
                || value instanceof Query.Stepped
                || value instanceof Query.Compared
                || value instanceof BatchReport
                || value instanceof Batch
                || value instanceof Table
                || value instanceof Chart
                || value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Record;
    }

    /** MIME type to text; empty for a value that is not ours to draw. */
    public static Optional<Map<String, String>> of(Object value) {
        if (value instanceof StreamTable table) {
            return bundle(table(table));
        } else if (value instanceof TypedStream<?> typed) {
            return bundle(table(typed.toTable()));
        } else if (value instanceof Shown shown) {
            return bundle(shown.draw());
        } else if (value instanceof Query query) {
            return bundle(query.draw(new ViewSpec.Auto(), ""));
        } else if (value instanceof Query.Stepped stepped) {
            return bundle(stepped.draw());
        } else if (value instanceof Query.Compared compared) {
            return bundle(compared.draw());
        } else if (value instanceof BatchReport report) {
            return bundle(Steps.draw(ZoneOffset.UTC, List.of(report)));
        } else if (value instanceof Batch batch) {
            return bundle(Values.batch(batch, ZoneOffset.UTC, ""));
        } else if (value instanceof Table table) {
            return bundle(tablesaw(table));
        } else if (value instanceof Chart<?, ?> chart) {
            return Optional.of(chart(chart));
        } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Record first) {
            return records(list, first);
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> bundle(Rendered rendered) {
        return Optional.of(rendered.bundle());
    }

    private static Rendered table(StreamTable table) {
        boolean streaming = table.isStreaming();
        return Values.table(
                streaming ? "unbounded table" : "bounded table",
                table.schema(),
                table.explain(),
                streaming ? "nothing runs yet: .live() starts it here" : "nothing runs yet: .show() draws its rows");
    }

    private static Rendered tablesaw(Table table) {
        ZoneId zone = ZoneOffset.UTC;
        var fields = new ArrayList<Field>();
        table.columns().forEach(c -> fields.add(new Field(c.name(), Tables.type(c))));
        var schema = new Schema(fields);
        var rows = new ArrayList<Row>();
        for (int i = 0; i < Math.min(ROWS, table.rowCount()); i++) {
            List<Object> values = new ArrayList<>();
            for (var column : table.columns()) {
                values.add(Tables.value(column, i));
            }
            rows.add(new Row(schema, values));
        }
        return Values.rows(schema, rows, table.rowCount(), zone, table.name());
    }

    /** A list of records of one class, drawn as a table. */
    private static Optional<Map<String, String>> records(List<?> list, Record first) {
        for (Object each : list) {
            if (each == null || each.getClass() != first.getClass()) {
                return Optional.empty();
            }
        }
        return RecordBinding.find(first.getClass()).map(binding -> drawn(list, binding));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> drawn(List<?> list, RecordBinding<?> binding) {
        var typed = (RecordBinding<Object>) binding;
        var rows = new ArrayList<Row>();
        for (Object each : list.subList(0, Math.min(ROWS, list.size()))) {
            rows.add(typed.row(each));
        }
        return Values.rows(binding.schema(), rows, list.size(), ZoneOffset.UTC, "")
                .bundle();
    }

    /** A picture of the chart, and the data behind it as text, which does not depend on fonts. */
    private static Map<String, String> chart(Chart<?, ?> chart) {
        var out = new ByteArrayOutputStream();
        try {
            BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var bundle = new LinkedHashMap<String, String>();
        bundle.put("image/png", Base64.getEncoder().encodeToString(out.toByteArray()));
        bundle.put("text/plain", ChartText.of(chart));
        return bundle;
    }
}
