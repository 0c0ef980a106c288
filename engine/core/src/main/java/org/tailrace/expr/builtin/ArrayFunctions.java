package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Errors;
import org.tailrace.expr.Function;
import org.tailrace.expr.Ordering;
import org.tailrace.expr.ValueKey;

/** Functions of arrays that take no lambda. Elements are equal as in comparisons, and NULL equals NULL. */
final class ArrayFunctions {
    private ArrayFunctions() {}

    /** Writes the elements of one row. */
    interface Fill {
        void of(Vector[] arguments, int row, Vector elements);
    }

    static List<Function> all() {
        var all = new ArrayList<Function>();
        all.add(new MakeArray());
        asking(all);
        sets(all);
        changing(all);
        joining(all);
        return all;
    }

    static Strict.Step filling(Fill fill) {
        return (v, row, out) -> {
            var array = (ArrayVector) out;
            int start = array.elements.size;
            fill.of(v, row, array.elements);
            array.set(row, start, array.elements.size);
        };
    }

    private static Strict array(String names, String signature, String doc, String example, Fill fill) {
        return Strict.of(names, signature, doc, example, filling(fill));
    }

    private static void asking(List<Function> all) {
        all.add(new Size());
        all.add(Strict.of(
                "array_size",
                "array_size(xs array<T>) -> int",
                "How many elements an array has.",
                "array_size(array('b', 'd', 'c', 'a'))",
                (v, i, out) -> Cell.put(out, i, (long) ((ArrayVector) v[0]).end(i) - ((ArrayVector) v[0]).start(i))));
        all.add(Strict.of(
                "array_contains",
                "array_contains(xs array<T>, value T) -> boolean?",
                "Whether an element equals the value; NULL if none does and one is NULL.",
                "array_contains(array(1, 2, 3), 2)",
                (v, i, out) -> {
                    var xs = (ArrayVector) v[0];
                    int at = find(xs, i, v[1], i);
                    Cell.put(out, i, at >= 0);
                    if (at < 0 && hasNull(xs, i)) {
                        out.setNull(i);
                    }
                }));
        all.add(Strict.of(
                "array_position",
                "array_position(xs array<T>, value T) -> bigint",
                "Where the value first stands, from 1; 0 if nowhere.",
                "array_position(array(312, 773, 708, 708), 708)",
                (v, i, out) -> {
                    int at = find((ArrayVector) v[0], i, v[1], i);
                    Cell.put(out, i, at < 0 ? 0L : at - ((ArrayVector) v[0]).start(i) + 1L);
                }));
        all.add(Strict.of(
                "arrays_overlap",
                "arrays_overlap(a array<T>, b array<T>) -> boolean?",
                "Whether the arrays share an element; NULL if they share none and one has a NULL.",
                "arrays_overlap(array(1, 2, 3), array(3, 4, 5))",
                (v, i, out) -> {
                    var a = (ArrayVector) v[0];
                    var b = (ArrayVector) v[1];
                    boolean shared = false;
                    for (int k = a.start(i); k < a.end(i) && !shared; k++) {
                        shared = !a.elements.isNull(k) && find(b, i, a.elements, k) >= 0;
                    }
                    Cell.put(out, i, shared);
                    boolean empty = a.start(i) == a.end(i) || b.start(i) == b.end(i);
                    if (!shared && !empty && (hasNull(a, i) || hasNull(b, i))) {
                        out.setNull(i);
                    }
                }));
        extreme(all, "array_max", "greatest", true);
        extreme(all, "array_min", "least", false);
    }

    private static void extreme(List<Function> all, String name, String what, boolean greatest) {
        all.add(new ArrayExtreme(name, what, greatest));
    }

    static boolean hasNull(ArrayVector xs, int row) {
        for (int k = xs.start(row); k < xs.end(row); k++) {
            if (xs.elements.isNull(k)) {
                return true;
            }
        }
        return false;
    }

    /** The position in the child of the first element that equals a value that is not NULL, or −1. */
    static int find(ArrayVector xs, int row, Vector values, int at) {
        for (int k = xs.start(row); k < xs.end(row); k++) {
            if (!xs.elements.isNull(k) && Ordering.compare(xs.elements, k, values, at) == 0) {
                return k;
            }
        }
        return -1;
    }

    private static void sets(List<Function> all) {
        all.add(array(
                "array_distinct",
                "array_distinct(xs array<T>) -> array<T>",
                "Each element once, in order of its first place.",
                "array_distinct(array(1, 2, 3, NULL, 3))",
                (v, i, out) -> add((ArrayVector) v[0], i, out, new HashSet<>(), null, true)));
        all.add(array(
                "array_union",
                "array_union(a array<T>, b array<T>) -> array<T>",
                "The elements of both arrays, each once.",
                "array_union(array(1, 2, 3), array(1, 3, 5))",
                (v, i, out) -> {
                    var seen = new HashSet<@Nullable Object>();
                    add((ArrayVector) v[0], i, out, seen, null, true);
                    add((ArrayVector) v[1], i, out, seen, null, true);
                }));
        all.add(array(
                "array_intersect",
                "array_intersect(a array<T>, b array<T>) -> array<T>",
                "The elements that both arrays have, each once.",
                "array_intersect(array(1, 2, 3), array(1, 3, 5))",
                (v, i, out) -> add((ArrayVector) v[0], i, out, new HashSet<>(), keys((ArrayVector) v[1], i), true)));
        all.add(array(
                "array_except",
                "array_except(a array<T>, b array<T>) -> array<T>",
                "The elements of the first array that the second has not, each once.",
                "array_except(array(1, 2, 3), array(1, 3, 5))",
                (v, i, out) -> add((ArrayVector) v[0], i, out, new HashSet<>(), keys((ArrayVector) v[1], i), false)));
    }

    private static Set<@Nullable Object> keys(ArrayVector xs, int row) {
        var keys = new HashSet<@Nullable Object>();
        for (int k = xs.start(row); k < xs.end(row); k++) {
            keys.add(ValueKey.of(xs.elements, k));
        }
        return keys;
    }

    /** Appends the elements not yet seen whose being among {@code others} is {@code wanted}. */
    private static void add(
            ArrayVector xs,
            int row,
            Vector out,
            Set<@Nullable Object> seen,
            @Nullable Set<@Nullable Object> others,
            boolean wanted) {
        for (int k = xs.start(row); k < xs.end(row); k++) {
            Object key = ValueKey.of(xs.elements, k);
            if ((others == null || others.contains(key) == wanted) && seen.add(key)) {
                out.append(xs.elements, k);
            }
        }
    }

    private static void changing(List<Function> all) {
        all.add(array(
                "array_remove",
                "array_remove(xs array<T>, value T) -> array<T>",
                "Without the elements that equal the value.",
                "array_remove(array(1, 2, 3, NULL, 3), 3)",
                (v, i, out) -> {
                    var xs = (ArrayVector) v[0];
                    for (int k = xs.start(i); k < xs.end(i); k++) {
                        if (xs.elements.isNull(k) || Ordering.compare(xs.elements, k, v[1], i) != 0) {
                            out.append(xs.elements, k);
                        }
                    }
                }));
        all.add(array(
                "array_compact",
                "array_compact(xs array<T>) -> array<T!>",
                "Without the NULLs.",
                "array_compact(array(1, 2, NULL))",
                (v, i, out) -> {
                    var xs = (ArrayVector) v[0];
                    for (int k = xs.start(i); k < xs.end(i); k++) {
                        if (!xs.elements.isNull(k)) {
                            out.append(xs.elements, k);
                        }
                    }
                }));
        all.add(new ArrayAppend("array_append", "With a value after the last element.", false));
        all.add(new ArrayAppend("array_prepend", "With a value before the first element.", true));
        all.add(new ArrayInsert());
        all.add(new ArrayRepeat());
        all.add(new Shuffle());
        all.add(Strict.failing(
                "slice",
                "slice(xs array<T>, start int, length int) -> array<T>",
                "So many elements from a position on, which counts from 1, or from the end if negative.",
                "slice(array(1, 2, 3, 4), 2, 2)",
                (a, r, c) -> filling((v, i, out) -> {
                    var xs = (ArrayVector) v[0];
                    int size = xs.end(i) - xs.start(i);
                    int start = Cell.integer(v[1], i);
                    int length = Cell.integer(v[2], i);
                    if (start == 0 || length < 0) {
                        throw Errors.argument("slice needs a position other than 0 and a length of at least 0", "");
                    }
                    int from = start > 0 ? start - 1 : size + start;
                    for (int k = from; from >= 0 && k < Math.min(size, (long) from + length); k++) {
                        out.append(xs.elements, xs.start(i) + k);
                    }
                })));
        all.add(new Reverse());
        all.add(new SortArray());
        all.add(Strict.bound(
                "flatten",
                "flatten(xss array<T>) -> T?",
                "The elements of an array of arrays; NULL if one is NULL.",
                "flatten(array(array(1, 2), array(3, 4)))",
                (a, r, c) -> (v, i, out) -> {
                    var xss = (ArrayVector) v[0];
                    var inner = (ArrayVector) xss.elements;
                    var array = (ArrayVector) out;
                    int start = array.elements.size;
                    for (int k = xss.start(i); k < xss.end(i); k++) {
                        if (inner.isNull(k)) {
                            out.setNull(i);
                        } else {
                            for (int j = inner.start(k); j < inner.end(k); j++) {
                                array.elements.append(inner.elements, j);
                            }
                        }
                    }
                    array.set(i, start, array.elements.size);
                }));
        all.add(new Sequence());
    }

    private static void joining(List<Function> all) {
        all.add(Strict.of(
                        "array_join",
                        "array_join(xs array<string>, separator string[, nulls string]) -> string",
                        "The texts joined with a separator; NULLs are left out, or replaced.",
                        "array_join(array('hello', NULL, 'world'), ' ', ',')",
                        (v, i, out) -> {
                            var xs = (ArrayVector) v[0];
                            var texts = (BytesVector) xs.elements;
                            String separator = Cell.text(v[1], i);
                            var joined = new StringBuilder();
                            boolean first = true;
                            for (int k = xs.start(i); k < xs.end(i); k++) {
                                boolean missing = texts.isNull(k);
                                if (missing && v.length < 3) {
                                    continue;
                                }
                                joined.append(first ? "" : separator)
                                        .append(missing ? Cell.text(v[2], i) : texts.string(k));
                                first = false;
                            }
                            Cell.put(out, i, joined.toString());
                        })
                .asWritten(1));
    }

    /** The rows of a range in order of their values, NULLs first or last. */
    static Integer[] sorted(Vector elements, int from, int to, boolean ascending, boolean nullsFirst) {
        var rows = new Integer[to - from];
        Arrays.setAll(rows, k -> from + k);
        Arrays.sort(rows, (x, y) -> {
            boolean xNull = elements.isNull(x);
            boolean yNull = elements.isNull(y);
            if (xNull || yNull) {
                return xNull == yNull ? 0 : xNull == nullsFirst ? -1 : 1;
            }
            int order = Ordering.compare(elements, x, elements, y);
            return ascending ? order : -order;
        });
        return rows;
    }
}
