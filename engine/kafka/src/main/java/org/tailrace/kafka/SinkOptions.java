package org.tailrace.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.tailrace.connect.FileProvider;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;

/**
 * Options of a Kafka sink, checked: {@code topic}, as Spark's, and ours.
 *
 * @param topic of all rows; empty if a column {@code topic} says it
 * @param json the value is the whole row as a JSON object, and not the column {@code value}
 * @param keyColumn with {@code json}: the column whose text is the key
 */
record SinkOptions(
        ClientConfig clients,
        Optional<String> topic,
        boolean exactlyOnce,
        String transactionalIdPrefix,
        boolean json,
        Optional<String> keyColumn,
        Map<String, String> ofFormat) {
    private static final List<String> OWN =
            List.of("topic", "exactlyOnce", "transactionalIdPrefix", "valueFormat", "key");

    static Options checked(Map<String, String> given) {
        var known = new TreeSet<>(OWN);
        known.addAll(jsonFormat().options());
        known.addAll(ClientConfig.names(false));
        return new Options("kafka", given, known);
    }

    private static Format jsonFormat() {
        return FileProvider.format("json");
    }

    static SinkOptions of(Map<String, String> given) {
        Options options = checked(given);
        boolean json = options.choice("valueFormat", "column", List.of("column", "json"))
                .equals("json");
        if (options.has("key") && !json) {
            throw options.wrong("key", options.text("key", ""), "valueFormat json too, or name a column 'key'");
        }
        return new SinkOptions(
                new ClientConfig(options),
                options.text("topic").map(String::trim).filter(name -> !name.isEmpty()),
                options.flag("exactlyOnce", true),
                options.text("transactionalIdPrefix", "tailrace-"),
                json,
                options.text("key"),
                SourceOptions.ofFormat(options.map(), jsonFormat()));
    }
}
