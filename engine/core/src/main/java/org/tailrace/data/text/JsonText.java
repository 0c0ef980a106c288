package org.tailrace.data.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.MapVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/** Values as JSON, as Spark's {@code to_json} writes them: fields that are NULL left out, times in ISO form. */
public final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private final ZoneId zone;

    /** @param zone of timestamps */
    public JsonText(ZoneId zone) {
        this.zone = zone;
    }

    /** The value of a row that is not NULL. */
    public String print(Vector vector, int row) {
        var out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(json, vector, row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private void write(JsonGenerator json, Vector vector, int row) throws IOException {
        if (vector.isNull(row)) {
            json.writeNull();
        } else if (vector instanceof StructVector struct) {
            Schema fields = ((DataType.Struct) struct.type).fields();
            json.writeStartObject();
            for (int i = 0; i < struct.children.length; i++) {
                if (!struct.children[i].isNull(row)) {
                    json.writeFieldName(fields.name(i));
                    write(json, struct.children[i], row);
                }
            }
            json.writeEndObject();
        } else if (vector instanceof ArrayVector array) {
            json.writeStartArray();
            for (int i = array.start(row); i < array.end(row); i++) {
                write(json, array.elements, i);
            }
            json.writeEndArray();
        } else if (vector instanceof MapVector map) {
            json.writeStartObject();
            for (int i = map.start(row); i < map.end(row); i++) {
                json.writeFieldName(text(map.keys, i));
                write(json, map.values, i);
            }
            json.writeEndObject();
        } else if (vector instanceof BooleanVector bits) {
            json.writeBoolean(bits.values[bits.offset + row]);
        } else if (vector instanceof DoubleVector doubles) {
            double value = doubles.values[doubles.offset + row];
            if (vector.type == DataType.FLOAT) {
                json.writeNumber((float) value);
            } else {
                json.writeNumber(value);
            }
        } else if (vector.type instanceof DataType.Decimal) {
            json.writeNumber((BigDecimal) vector.get(row));
        } else if (vector.type.isIntegral()) {
            json.writeNumber(((Number) vector.get(row)).longValue());
        } else {
            json.writeString(text(vector, row));
        }
    }

    private String text(Vector vector, int row) {
        Object value = vector.get(row);
        if (vector.type == DataType.TIMESTAMP) {
            return TIME.format(((Instant) value).atZone(zone));
        } else if (vector.type == DataType.TIMESTAMP_NTZ) {
            return LOCAL.format((LocalDateTime) value);
        } else if (vector.type == DataType.BINARY && vector instanceof BytesVector bytes) {
            return Base64.getEncoder()
                    .encodeToString(Arrays.copyOfRange(bytes.data(), bytes.start(row), bytes.end(row)));
        }
        var out = new StringBuilder();
        ValueText.print(vector, row, zone, out);
        return out.toString();
    }
}
