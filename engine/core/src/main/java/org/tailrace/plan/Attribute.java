package org.tailrace.plan;

import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.DataType;

/**
 * A column of a resolved node.
 *
 * @param qualifier names by which it can be qualified, such as a table's alias; may be empty
 * @param delayMs set if this is a watermarked event time (or the window of one): the watermark's delay
 */
public record Attribute(String name, DataType type, boolean nullable, List<String> qualifier, OptionalLong delayMs) {
    public Attribute {
        qualifier = List.copyOf(qualifier);
    }

    public boolean eventTime() {
        return delayMs.isPresent();
    }
}
