package org.tailrace.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Schema;

/**
 * What a source is; {@code spi.SourceProvider} of the same kind makes it. Equal specs read the same rows.
 *
 * @param kind Spark's format name, or ours: {@code memory}, {@code rate}, {@code socket}, {@code csv}, {@code json},
 *     {@code text}, {@code replay}, {@code kafka}, …
 * @param identity what a checkpoint calls it, such as {@code json(in/clicks)}
 * @param streaming unbounded, or bounded and read whole
 * @param options Spark's option names in lower case
 * @param arrivalColumn of a replay: the column that says when the row arrived
 * @param binding a live object that the source reads from, such as a memory table
 */
public record SourceSpec(
        String kind,
        String identity,
        Schema schema,
        boolean streaming,
        Map<String, String> options,
        Optional<String> arrivalColumn,
        @Nullable Object binding) {
    /**
     * An option of every source, which the engine itself reads: rows whose event time is further ahead of the batch's time
     * than this are kept aside.
     */
    public static final String MAX_FUTURE_SKEW = "maxfutureskew";

    public SourceSpec {
        options = Map.copyOf(options);
    }

    public SourceSpec(String kind, String identity, Schema schema, boolean streaming, Map<String, String> options) {
        this(kind, identity, schema, streaming, options, Optional.empty(), null);
    }

    public SourceSpec with(String option, String value) {
        var more = new HashMap<>(options);
        more.put(option, value);
        return new SourceSpec(kind, identity, schema, streaming, more, arrivalColumn, binding);
    }

    /** Without secrets, for plans and messages. */
    @Override
    public String toString() {
        return identity + " " + Secret.hide(options) + (streaming ? " stream of " : " of ") + schema;
    }
}
