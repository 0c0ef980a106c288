package org.tailrace.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailrace.connect.FileProvider;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.kafka.avro.AvroFormat;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;

/** The format of keys that are documents: JSON, CSV or Avro. Kafka's column {@code key} is a struct then. */
record KeyFormat(Format format, Map<String, String> options, Schema schema) {
    static final String SCHEMA = "keySchema";
    static final String AVRO_SCHEMA = "keyAvroSchema";
    static final List<String> NAMES = List.of("bytes", "text", "json", "csv", "avro");

    /** Empty for bytes and text. */
    static Optional<KeyFormat> of(Options options) {
        String name = options.choice("keyFormat", "bytes", NAMES);
        switch (name) {
            case "bytes":
            case "text":
                return Optional.empty();
            case "avro":
                var avro = new AvroFormat();
                Map<String, String> own = options.text(AVRO_SCHEMA)
                        .map(json -> new Options("avro", Map.of(AvroFormat.SCHEMA, json), avro.options()).map())
                        .orElse(Map.of());
                return Optional.of(new KeyFormat(avro, own, avro.check(own, new Schema(List.of()))));
            default:
                Format format = FileProvider.format(name);
                Map<String, String> plain = SourceOptions.ofFormat(Map.of(), format);
                Schema declared = DdlParser.schema(SCHEMA, options.required(SCHEMA));
                return Optional.of(new KeyFormat(format, plain, format.check(plain, declared)));
        }
    }

    DataType type() {
        return new DataType.Struct(schema);
    }
}
