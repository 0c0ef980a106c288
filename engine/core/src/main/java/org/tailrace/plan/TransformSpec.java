package org.tailrace.plan;

import java.util.List;
import java.util.function.Function;
import org.tailrace.data.Schema;
import org.tailrace.function.RowProcessor;
import org.tailrace.function.RowVariables;

/**
 * A processor with variables and timers.
 *
 * @param processor makes one, for one start of the query
 */
public record TransformSpec(List<Variable> variables, Function<RowVariables, RowProcessor> processor) {
    public TransformSpec {
        variables = List.copyOf(variables);
    }

    /** How many values a variable has for one key. */
    public enum Kind {
        VALUE,
        LIST,
        MAP
    }

    /**
     * What is kept for each key, under a name.
     *
     * @param mapKey of a map; without columns for the other kinds
     * @param timeToLiveMs after the last write, by batch time; 0 for no end
     */
    public record Variable(String name, Kind kind, Schema mapKey, Schema value, long timeToLiveMs) {
        /** {@code list recent (price double)}. */
        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name + " ("
                    + (mapKey.size() == 0 ? "" : mapKey + " → ") + value + ")"
                    + (timeToLiveMs > 0 ? " that expires" : "");
        }
    }
}
