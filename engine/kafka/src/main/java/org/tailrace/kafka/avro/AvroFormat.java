package org.tailrace.kafka.avro;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.spi.Documents;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;

/**
 * Messages in Avro's binary form, each one record of the schema in {@code avroSchema}, the one that it was written with;
 * no registry is asked. Columns are the record's fields.
 */
public final class AvroFormat implements Format {
    public static final String SCHEMA = "avroSchema";

    @Override
    public String name() {
        return "avro";
    }

    @Override
    public Set<String> options() {
        return Set.of(SCHEMA);
    }

    private static org.apache.avro.Schema schema(Map<String, String> given) {
        String json = new Options("avro", given, Set.of(SCHEMA))
                .text(SCHEMA)
                .orElseThrow(() -> AvroTypes.refused("Avro needs the option " + SCHEMA, "the messages do not say it"));
        return AvroTypes.parse(SCHEMA, json);
    }

    @Override
    public Schema check(Map<String, String> options, Schema declared) {
        Schema columns = AvroTypes.columns(schema(options));
        if (columns.size() == 0) {
            throw AvroTypes.refused("Avro's schema has no field", "columns come from the fields of a record");
        }
        if (declared.size() > 0 && !declared.toString().equals(columns.toString())) {
            throw new PlanException(Problem.of("TR-472", "columns are declared that Avro's schema does not have")
                    .have(columns.toString())
                    .fix("leave the declaration out"));
        }
        return columns;
    }

    @Override
    public Reader reader(Documents documents, Map<String, String> options, Schema columns, BadRecords bad) {
        AvroValue[] fields = AvroValue.fields(schema(options), columns);
        var bytes = new AvroBytes();
        return new Reader() {
            @Override
            public boolean read(BatchBuilder rows, int maxRows) throws IOException {
                for (int count = 0; count < maxRows; ) {
                    if (!documents.next()) {
                        return false;
                    }
                    int before = rows.size();
                    try {
                        if (documents.start() == documents.end()) {
                            // A record without a value.
                            for (int i = 0; i < fields.length; i++) {
                                rows.vector(i).appendValue(null);
                            }
                        } else {
                            bytes.over(documents.bytes(), documents.start(), documents.end());
                            record(bytes, rows);
                        }
                        documents.complete(rows);
                        count++;
                    } catch (AvroBytes.Malformed e) {
                        rows.truncate(before);
                        bad.add(documents.position(), hex(documents), String.valueOf(e.getMessage()));
                    }
                }
                return true;
            }

            private void record(AvroBytes in, BatchBuilder rows) throws AvroBytes.Malformed {
                for (int i = 0; i < fields.length; i++) {
                    fields[i].read(in, rows.vector(i));
                }
                if (in.left() > 0) {
                    throw new AvroBytes.Malformed(in.left() + " bytes follow the record");
                }
            }

            @Override
            public void close() {}
        };
    }

    /** The first bytes, which are no text. */
    private static String hex(Documents documents) {
        int end = Math.min(documents.end(), documents.start() + 64);
        byte[] shown = Arrays.copyOfRange(documents.bytes(), documents.start(), end);
        return "0x" + java.util.HexFormat.of().formatHex(shown) + (end < documents.end() ? "…" : "");
    }

    @Override
    public Reader reader(InputStream in, String file, Map<String, String> options, Schema schema, BadRecords bad) {
        throw onlyMessages();
    }

    @Override
    public Writer writer(Map<String, String> options, Schema schema) {
        throw onlyMessages();
    }

    private static PlanException onlyMessages() {
        return new PlanException(Problem.of("TR-401", "Avro is read from messages, and neither files nor sinks have it")
                .have("text, csv, json"));
    }
}
