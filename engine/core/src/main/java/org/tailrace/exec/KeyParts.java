package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/**
 * The columns of a key with structs taken apart, as a window is into its bounds: a struct is a part of its own, which only
 * knows whether it is NULL, and its fields are the parts behind it. Under a NULL everything is NULL. A field of 64 bits is
 * its distance from the first such field before it: the end of a window is always as far from its start.
 */
final class KeyParts {
    /** A key of more parts keeps its structs whole. */
    private static final int MOST = 32;

    final KeyColumn[] columns;

    /** By part, the struct whose field it is; −1 for none. */
    private final int[] parents;

    /** By part, the part from which codes are counted; −1 for none. */
    private final int[] origins;

    private final Vector[] vectors;

    static KeyParts of(List<DataType> types) {
        var parts = new ArrayList<KeyColumn>();
        var in = new ArrayList<Integer>();
        boolean apart = types.stream().mapToInt(KeyParts::count).sum() <= MOST;
        types.forEach(type -> collect(type, -1, apart, parts, in));
        return new KeyParts(
                parts.toArray(KeyColumn[]::new), in.stream().mapToInt(i -> i).toArray());
    }

    private KeyParts(KeyColumn[] columns, int[] parents) {
        this.columns = columns;
        this.parents = parents;
        vectors = new Vector[columns.length];
        origins = new int[columns.length];
        for (int c = 0; c < columns.length; c++) {
            origins[c] = -1;
            for (int first = 0; first < c && parents[c] >= 0 && origins[c] < 0; first++) {
                if (parents[first] == parents[c] && columns[first].bits() == 64 && columns[c].bits() == 64) {
                    origins[c] = first;
                }
            }
        }
    }

    /** The part from which the codes of this one are counted, where that is not NULL; −1 for none. */
    int origin(int part) {
        return origins[part];
    }

    /** The same parts for another thread that only finds; null if there is a column that cannot. */
    @Nullable
    KeyParts reader() {
        var readers = new KeyColumn[columns.length];
        for (int c = 0; c < readers.length; c++) {
            KeyColumn reader = columns[c].reader();
            if (reader == null) {
                return null;
            }
            readers[c] = reader;
        }
        return new KeyParts(readers, parents);
    }

    private static int count(DataType type) {
        return 1
                + (type instanceof DataType.Struct struct
                        ? struct.fields().fields().stream()
                                .mapToInt(f -> count(f.type()))
                                .sum()
                        : 0);
    }

    private static void collect(
            DataType type, int parent, boolean apart, List<KeyColumn> parts, List<Integer> parents) {
        int own = parts.size();
        parents.add(parent);
        if (apart && type instanceof DataType.Struct struct) {
            parts.add(KeyColumn.STRUCT);
            struct.fields().fields().forEach(f -> collect(f.type(), own, true, parts, parents));
        } else {
            parts.add(KeyColumn.of(type));
        }
    }

    /** The vectors of the parts, given those of the key's columns; valid until the next call. */
    Vector[] lay(Vector[] rows) {
        int at = 0;
        for (Vector vector : rows) {
            at = lay(vector, at);
        }
        return vectors;
    }

    private int lay(Vector vector, int at) {
        vectors[at] = vector;
        int next = at + 1;
        if (columns[at] == KeyColumn.STRUCT) {
            for (Vector child : ((StructVector) vector).children) {
                next = lay(child, next);
            }
        }
        return next;
    }

    private static void subtract(long[] codes, long[] from, int origin, long[] nulls, int count) {
        for (int i = 0; i < count; i++) {
            codes[i] -= (nulls[i] >>> origin & 1) == 0 ? from[i] : 0;
        }
    }

    /** Fills codes and NULL bits, one for each part; says whether there may be a NULL. The code under a NULL means nothing. */
    boolean encode(Vector[] rows, int count, boolean add, long[][] codes, long[] nulls) {
        lay(rows);
        boolean any = false;
        for (int c = 0; c < columns.length; c++) {
            Vector vector = vectors[c];
            columns[c].encode(vector, count, add, codes[c]);
            boolean own = vector.validity != null;
            if (own) {
                long bit = 1L << c;
                for (int i = 0; i < count; i++) {
                    nulls[i] |= vector.isNull(i) ? bit : 0;
                }
            }
            any |= own;
            if (any && parents[c] >= 0) {
                for (int i = 0; i < count; i++) {
                    nulls[i] |= (nulls[i] >>> parents[c] & 1) << c;
                }
            }
            if (origins[c] >= 0) {
                subtract(codes[c], codes[origins[c]], origins[c], nulls, count);
            }
        }
        return any;
    }
}
