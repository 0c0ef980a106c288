package org.tailrace.expr;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tailrace.data.DataType;

/** Names of types that stand as functions: {@code int(x)} is {@code CAST(x AS INT)}, but its column is called {@code x}. */
public final class TypeNames {
    private static final Map<String, DataType> TYPES = Map.ofEntries(
            Map.entry("boolean", DataType.BOOLEAN),
            Map.entry("tinyint", DataType.TINYINT),
            Map.entry("smallint", DataType.SMALLINT),
            Map.entry("int", DataType.INT),
            Map.entry("bigint", DataType.BIGINT),
            Map.entry("float", DataType.FLOAT),
            Map.entry("double", DataType.DOUBLE),
            Map.entry("decimal", new DataType.Decimal(10, 0)),
            Map.entry("string", DataType.STRING),
            Map.entry("binary", DataType.BINARY),
            Map.entry("date", DataType.DATE),
            Map.entry("timestamp", DataType.TIMESTAMP));

    private TypeNames() {}

    /** The type that a call casts its one argument to. */
    public static Optional<DataType> of(Expr expr) {
        return expr instanceof Expr.Call call
                        && call.arguments().size() == 1
                        && !call.distinct()
                        && call.filter().isEmpty()
                ? Optional.ofNullable(TYPES.get(call.function().toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }
}
