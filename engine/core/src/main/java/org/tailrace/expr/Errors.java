package org.tailrace.expr;

import org.tailrace.data.DataType;
import org.tailrace.error.DataException;
import org.tailrace.error.Problem;

/**
 * What a value can break while a batch runs, in ANSI mode.
 *
 * <ul>
 *   <li>TR-301 division by zero (Spark: DIVIDE_BY_ZERO)
 *   <li>TR-302 a number out of the range of its type (ARITHMETIC_OVERFLOW)
 *   <li>TR-303 a text or number that a cast or what reads it cannot take (CAST_INVALID_INPUT, CAST_OVERFLOW, INVALID_URL)
 *   <li>TR-304 an index outside an array (INVALID_ARRAY_INDEX)
 *   <li>TR-305 a decimal with too many digits (NUMERIC_VALUE_OUT_OF_RANGE)
 *   <li>TR-306 a remainder by zero (REMAINDER_BY_ZERO)
 *   <li>TR-307 a map with a NULL key or a key twice (NULL_MAP_KEY, DUPLICATED_MAP_KEY)
 *   <li>TR-308 an argument that a function cannot take (INVALID_PARAMETER_VALUE and others)
 *   <li>TR-309 the query raised it itself (USER_RAISED_EXCEPTION)
 * </ul>
 */
public final class Errors {
    private Errors() {}

    public static DataException divideByZero() {
        return error("TR-301", "division by zero", "try_divide(a, b) gives NULL instead");
    }

    public static DataException remainderByZero() {
        return error("TR-306", "remainder of a division by zero", "try_mod(a, b) gives NULL instead");
    }

    /** @param cure a function that gives NULL instead, or empty */
    public static DataException overflow(DataType type, String cure) {
        return error(
                "TR-302",
                "a number does not fit into " + type,
                (cure.isEmpty() ? "" : cure + " gives NULL instead; ") + "or cast to a wider type first");
    }

    public static DataException cast(Object value, DataType from, DataType to) {
        String shown = from == DataType.STRING ? "'" + value + "'" : String.valueOf(value);
        return error("TR-303", "cannot cast " + shown + " from " + from + " to " + to, "try_cast gives NULL instead");
    }

    /** @param cure a function that gives NULL instead */
    public static DataException unreadable(String what, String cure) {
        return error("TR-303", what, cure + " gives NULL instead");
    }

    public static DataException arrayIndex(long index, int size) {
        return error(
                "TR-304",
                "no element " + index + " in an array of " + size,
                "get(array, index) or try_element_at(array, position) gives NULL instead");
    }

    public static DataException decimalRange(Object value, DataType type) {
        return error("TR-305", value + " does not fit into " + type, "cast to a decimal with more digits first");
    }

    public static DataException mapKey(String what) {
        return error("TR-307", what, "leave such entries out first");
    }

    public static DataException argument(String what, String fix) {
        return error("TR-308", what, fix);
    }

    public static DataException raised(String message) {
        return error("TR-309", message, "");
    }

    private static DataException error(String code, String what, String fix) {
        return new DataException(Problem.of(code, what).fix(fix));
    }
}
