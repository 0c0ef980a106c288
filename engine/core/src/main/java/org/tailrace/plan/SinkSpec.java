package org.tailrace.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sink is; {@code spi.SinkProvider} of the same kind makes it.
 *
 * @param identity what a checkpoint and a status card call it, such as {@code memory(counts)}
 * @param options Spark's option names in lower case
 * @param binding a lambda or live object that takes the rows
 */
public record SinkSpec(
        String kind,
        String identity,
        Map<String, String> options,
        @Nullable Object binding) {
    public SinkSpec {
        options = Map.copyOf(options);
    }

    /** Without secrets, for plans and messages. */
    @Override
    public String toString() {
        return identity + " " + Secret.hide(options);
    }
}
