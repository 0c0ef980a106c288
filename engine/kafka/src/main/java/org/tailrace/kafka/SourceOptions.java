package org.tailrace.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.FileProvider;
import org.tailrace.data.DataType;
import org.tailrace.kafka.avro.AvroFormat;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;

/**
 * Options of a Kafka source, checked: Spark's, and ours: {@code valueFormat} and {@code keyFormat}, {@code include}.
 *
 * @param key of keys that are documents; empty for bytes and text
 * @param format of the values; null for bytes and text
 * @param include Kafka's columns that follow those of the format
 */
record SourceOptions(
        ClientConfig clients,
        TopicChoice topics,
        Bound start,
        Bound end,
        boolean failOnDataLoss,
        Throttle.Limits limits,
        long pollTimeoutMs,
        boolean headers,
        boolean keyText,
        Optional<KeyFormat> key,
        boolean valueText,
        @Nullable Format format,
        Map<String, String> ofFormat,
        List<String> include) {
    /** Of no use here, where one process reads everything; taken so that a query of Spark's runs as it is. */
    private static final Set<String> IDLE = Set.of(
            "minPartitions",
            "maxRecordsPerPartition",
            "groupIdPrefix",
            "fetchOffset.numRetries",
            "fetchOffset.retryIntervalMs");

    private static final Set<String> OWN = Set.of(
            "failOnDataLoss",
            "maxOffsetsPerTrigger",
            "minOffsetsPerTrigger",
            "maxTriggerDelay",
            "includeHeaders",
            "kafkaConsumer.pollTimeoutMs",
            "keyFormat",
            KeyFormat.SCHEMA,
            KeyFormat.AVRO_SCHEMA,
            "valueFormat",
            "include",
            "mode",
            "failFast");
    private static final List<String> PLAIN = List.of("bytes", "text");

    static Options checked(Map<String, String> given) {
        var known = new TreeSet<String>(OWN);
        known.addAll(IDLE);
        known.addAll(TopicChoice.OPTIONS);
        known.addAll(Bound.STARTS);
        known.addAll(Bound.ENDS);
        known.addAll(ClientConfig.names(true));
        format(given.getOrDefault("valueformat", "bytes")).ifPresent(format -> known.addAll(format.options()));
        return new Options("kafka", given, known);
    }

    private static Optional<Format> format(String name) {
        String lower = name.trim().toLowerCase(Locale.ROOT);
        if (PLAIN.contains(lower)) {
            return Optional.empty();
        }
        return Optional.of(lower.equals("avro") ? new AvroFormat() : FileProvider.format(lower));
    }

    DataType keyType() {
        return key.map(KeyFormat::type).orElse(keyText ? DataType.STRING : DataType.BINARY);
    }

    static SourceOptions of(Map<String, String> given, boolean streaming) {
        Options options = checked(given);
        String valueFormat = options.text("valueFormat", "bytes");
        Format format = format(valueFormat).orElse(null);
        return new SourceOptions(
                new ClientConfig(options),
                TopicChoice.of(options),
                Bound.start(options, streaming),
                Bound.end(options),
                options.flag("failOnDataLoss", true),
                new Throttle.Limits(
                        options.number("maxOffsetsPerTrigger", Long.MAX_VALUE, 1),
                        options.number("minOffsetsPerTrigger", 0, 0),
                        options.durationMs("maxTriggerDelay", 15 * 60_000L)),
                options.number("kafkaConsumer.pollTimeoutMs", 10_000, 1),
                options.flag("includeHeaders", false),
                options.choice("keyFormat", "bytes", KeyFormat.NAMES).equals("text"),
                KeyFormat.of(options),
                valueFormat.trim().equalsIgnoreCase("text"),
                format,
                format == null ? Map.of() : ofFormat(options.map(), format),
                options.text("include").stream()
                        .flatMap(text -> Arrays.stream(text.split(",")))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    static Map<String, String> ofFormat(Map<String, String> given, Format format) {
        var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(format.options());
        var own = new TreeMap<>(given);
        own.keySet().removeIf(name -> !names.contains(name));
        if (names.contains("header")) {
            // A message has no line of names above it.
            own.put("header", "false");
        }
        return own;
    }
}
