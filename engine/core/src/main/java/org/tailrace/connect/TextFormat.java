package org.tailrace.connect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.text.Utf8;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.spi.Documents;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;

/** Lines of text, UTF-8, in one column {@code value}. */
final class TextFormat implements Format {
    static final Schema SCHEMA = Schema.of(new Field("value", DataType.STRING));
    private static final Set<String> OPTIONS = FormatOptions.with(Set.of(), "lineSep");

    @Override
    public String name() {
        return "text";
    }

    @Override
    public Set<String> options() {
        return OPTIONS;
    }

    @Override
    public Schema check(Map<String, String> given, Schema declared) {
        var options = new Options("text", given, OPTIONS);
        FormatOptions.checkRecords(options);
        LineSep.check(options);
        boolean oneString = declared.size() == 1 && declared.type(0) == DataType.STRING;
        if (declared.size() > 0 && !oneString) {
            throw new PlanException(Problem.of("TR-407", "text has one column of lines")
                    .have(SCHEMA.toString())
                    .fix("declare no schema, and take the lines apart in a select"));
        }
        return oneString ? declared : SCHEMA;
    }

    @Override
    public Reader reader(InputStream in, String file, Map<String, String> options, Schema schema, BadRecords bad) {
        var lines = new Lines(in);
        return new Reader() {
            @Override
            public boolean read(BatchBuilder rows, int maxRows) throws IOException {
                var values = (BytesVector) rows.vector(0);
                for (int count = 0; count < maxRows; ) {
                    if (!lines.next()) {
                        return false;
                    }
                    boolean valid = Utf8.valid(lines.bytes(), lines.start(), lines.end());
                    if (lines.tooLong() || !valid) {
                        bad.add(
                                file + " line " + lines.number(),
                                lines.shown(),
                                valid ? "the line is longer than 16 MB" : "it holds bytes that are not UTF-8");
                    } else {
                        values.append(lines.bytes(), lines.start(), lines.end(), true);
                        count++;
                    }
                }
                return true;
            }

            @Override
            public void close() throws IOException {
                lines.close();
            }
        };
    }

    @Override
    public Reader reader(Documents documents, Map<String, String> options, Schema schema, BadRecords bad) {
        return new DocumentReader(documents, this, options, schema, bad);
    }

    @Override
    public Writer writer(Map<String, String> options, Schema schema) {
        if (!schema.fields().stream().map(Field::type).toList().equals(List.of(DataType.STRING))) {
            throw new PlanException(Problem.of("TR-409", "a text file takes one column of strings")
                    .have(schema.toString())
                    .fix("select one string, or use json or csv"));
        }
        return new Writer() {
            @Override
            public byte[] head() {
                return new byte[0];
            }

            @Override
            public byte[] rows(Batch rows) {
                var out = new ByteArrayOutputStream();
                for (int row = 0; row < rows.size(); row++) {
                    Object line = rows.get(row, 0);
                    out.writeBytes((line == null ? "" : line.toString()).getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                }
                return out.toByteArray();
            }
        };
    }
}
