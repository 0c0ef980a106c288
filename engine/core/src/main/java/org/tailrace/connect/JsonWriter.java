package org.tailrace.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.TextRules;
import org.tailrace.spi.Format;

/** Writes rows as JSON lines; fields that are NULL are left out, as Spark does. */
final class JsonWriter implements Format.Writer {
    private static final JsonFactory JSON = new JsonFactory();

    private final Schema schema;
    private final CellText cells;

    JsonWriter(TextRules times, Schema schema) {
        this.schema = schema;
        cells = new CellText(times);
    }

    @Override
    public byte[] head() {
        return new byte[0];
    }

    @Override
    public byte[] rows(Batch rows) {
        var out = new ByteArrayOutputStream(rows.size() * 64);
        try (var json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(null);
            for (int row = 0; row < rows.size(); row++) {
                json.writeStartObject();
                for (int i = 0; i < schema.size(); i++) {
                    field(json, schema.name(i), schema.type(i), rows.get(row, i));
                }
                json.writeEndObject();
                json.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void field(JsonGenerator json, String name, DataType type, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            value(json, type, value);
        }
    }

    private void value(JsonGenerator json, DataType type, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (type instanceof DataType.Struct struct) {
            json.writeStartObject();
            for (int i = 0; i < struct.fields().size(); i++) {
                field(json, struct.fields().name(i), struct.fields().type(i), ((Row) value).get(i));
            }
            json.writeEndObject();
        } else if (type instanceof DataType.Array array) {
            json.writeStartArray();
            for (Object element : (List<?>) value) {
                value(json, array.element(), element);
            }
            json.writeEndArray();
        } else if (type instanceof DataType.Map map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                json.writeFieldName(cells.text(map.key(), entry.getKey()));
                value(json, map.value(), entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Double || value instanceof Float) {
            // NaN and the infinities come out in quotes, which every reader takes.
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(cells.text(type, value));
        }
    }
}
