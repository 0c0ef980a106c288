package org.tailrace;

import org.tailrace.data.RecordBinding;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.Positions;
import org.tailrace.plan.Plan;

/**
 * Records of Kafka's topics as they are: {@code key, value, topic, partition, offset, timestamp, timestampType}. Say the format
 * of the values to get their columns instead.
 *
 * <p>A stream starts with what comes from now on; {@code .option("startingOffsets", "earliest")} with what is there. Offsets
 * belong to the query's checkpoint, and no consumer group is involved.
 */
public final class KafkaTable extends StreamTable {
    private final SourceReader reader;

    private KafkaTable(Tailrace session, Plan plan, SourceReader reader) {
        super(session, plan, session.resolve(plan, new Positions()));
        this.reader = reader;
    }

    static KafkaTable of(Tailrace session, SourceReader reader) {
        return new KafkaTable(session, reader.plan(true), reader);
    }

    /** An option under Spark's name, such as {@code startingOffsets} or {@code kafka.security.protocol}. */
    public KafkaTable option(String name, Object value) {
        return of(session(), reader.option(name, value));
    }

    /** One JSON object in each value; columns from DDL text. */
    public SourceTable json(String schema) {
        return values("json", DdlParser.schema("json", schema));
    }

    public SourceTable json(Class<?> record) {
        return values("json", RecordBinding.of(record).schema());
    }

    /** One CSV record in each value; columns from DDL text, in the order of the fields. */
    public SourceTable csv(String schema) {
        return values("csv", DdlParser.schema("csv", schema));
    }

    public SourceTable csv(Class<?> record) {
        return values("csv", RecordBinding.of(record).schema());
    }

    /**
     * One record of Avro's binary form in each value; columns from its fields, types as on Spark. Nobody is asked for schemas.
     *
     * @param schema that of the writer, as JSON text
     */
    public SourceTable avro(String schema) {
        return reader.option("valueFormat", "avro").option("avroSchema", schema).load();
    }

    /** The same columns, with key and value as text in UTF-8. */
    public SourceTable text() {
        return reader.option("keyFormat", "text").option("valueFormat", "text").load();
    }

    private SourceTable values(String format, Schema schema) {
        return reader.option("valueFormat", format).schema(schema).load();
    }

    /** What is there now, as a bounded table. */
    public SourceTable bounded() {
        return reader.bounded();
    }
}
