package org.tailrace;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tailrace.plan.SinkSpec;

/**
 * Topics that take rows, exactly once: each batch in a transaction. The column {@code value}, text or bytes, is what a record
 * holds; {@code key}, {@code topic}, {@code partition} and {@code headers} are taken if they are there. Immutable.
 */
public final class KafkaTo {
    private final Map<String, String> options;

    KafkaTo(Map<String, String> options) {
        this.options = Map.copyOf(options);
    }

    /** An option under Spark's name, such as {@code kafka.security.protocol}. */
    public KafkaTo option(String name, Object value) {
        var more = new HashMap<>(options);
        more.put(name.toLowerCase(Locale.ROOT), String.valueOf(value));
        return new KafkaTo(more);
    }

    /** The value is the whole row, as a JSON object. */
    public KafkaTo json() {
        return option("valueFormat", "json");
    }

    /** With {@link #json()}: the column whose text is the record's key. */
    public KafkaTo key(String column) {
        return option("key", column);
    }

    /** No transactions: a batch that has to be run again is written again. */
    public KafkaTo atLeastOnce() {
        return option("exactlyOnce", false);
    }

    SinkSpec sink() {
        return new SinkSpec("kafka", "kafka(" + options.getOrDefault("topic", "") + ")", options, null);
    }
}
