package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Dictionary;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Ordering;

/** One value of any type per group, or none, or NULL. */
abstract class Slots {
    static final byte NONE = 0;
    static final byte NULL = 1;
    static final byte VALUE = 2;

    byte[] state = new byte[0];

    static Slots of(DataType type) {
        switch (type.storage()) {
            case BOOLEAN, INT, LONG:
                return new Longs();
            case DOUBLE:
                return new Doubles();
            case BYTES:
                return new Texts();
            case STRUCT:
                return new Structs(((DataType.Struct) type).fields());
            default:
                return new Vectors(type);
        }
    }

    final void ensure(int groups) {
        if (groups > state.length) {
            int size = Math.max(groups, state.length * 2);
            state = Arrays.copyOf(state, size);
            grow(size);
        }
    }

    final void clear(int group) {
        state[group] = NONE;
    }

    final boolean has(int group) {
        return state[group] != NONE;
    }

    /** Takes a row's value, or its NULL. */
    final void set(int group, Vector vector, int row) {
        if (vector.isNull(row)) {
            state[group] = NULL;
        } else {
            state[group] = VALUE;
            put(group, vector, row);
        }
    }

    final void copy(int group, Slots other, int from) {
        state[group] = other.state[from];
        if (state[group] == VALUE) {
            move(group, other, from);
        }
    }

    /** Appends the value, or NULL if there is none. */
    final void append(int group, Vector out) {
        if (state[group] == VALUE) {
            write(group, out);
        } else {
            out.appendValue(null);
        }
    }

    abstract void grow(int size);

    abstract void put(int group, Vector vector, int row);

    abstract void move(int group, Slots other, int from);

    abstract void write(int group, Vector out);

    /** Compares the value of a group with a row's; neither is NULL. */
    abstract int compare(int group, Vector vector, int row);

    abstract int compare(int group, Slots other, int from);

    /** Whole numbers, times and booleans. */
    static final class Longs extends Slots {
        long[] values = new long[0];

        @Override
        void grow(int size) {
            values = Arrays.copyOf(values, size);
        }

        private static long value(Vector vector, int row) {
            return vector instanceof LongVector longs
                    ? longs.values[longs.offset + row]
                    : vector instanceof IntVector ints
                            ? ints.values[ints.offset + row]
                            : ((BooleanVector) vector).values[vector.offset + row] ? 1 : 0;
        }

        @Override
        void put(int group, Vector vector, int row) {
            values[group] = value(vector, row);
        }

        @Override
        void move(int group, Slots other, int from) {
            values[group] = ((Longs) other).values[from];
        }

        @Override
        void write(int group, Vector out) {
            if (out instanceof LongVector longs) {
                longs.append(values[group], true);
            } else if (out instanceof IntVector ints) {
                ints.append((int) values[group], true);
            } else {
                ((BooleanVector) out).append(values[group] != 0, true);
            }
        }

        @Override
        int compare(int group, Vector vector, int row) {
            return Long.compare(values[group], value(vector, row));
        }

        @Override
        int compare(int group, Slots other, int from) {
            return Long.compare(values[group], ((Longs) other).values[from]);
        }
    }

    static final class Doubles extends Slots {
        double[] values = new double[0];

        @Override
        void grow(int size) {
            values = Arrays.copyOf(values, size);
        }

        @Override
        void put(int group, Vector vector, int row) {
            values[group] = Cell.real(vector, row);
        }

        @Override
        void move(int group, Slots other, int from) {
            values[group] = ((Doubles) other).values[from];
        }

        @Override
        void write(int group, Vector out) {
            ((DoubleVector) out).append(values[group], true);
        }

        @Override
        int compare(int group, Vector vector, int row) {
            return Ordering.compare(values[group], Cell.real(vector, row));
        }

        @Override
        int compare(int group, Slots other, int from) {
            return Ordering.compare(values[group], ((Doubles) other).values[from]);
        }
    }

    /**
     * Texts and binaries. One that came as a code into a dictionary is kept as that; another is copied into an array of its
     * own, which is used again while it is long enough. Dictionaries are let go, and their texts copied, once they hold much
     * more than the groups can need.
     */
    static final class Texts extends Slots {
        private static final long FEW_BYTES = 1 << 20;
        private static final long BYTES_A_GROUP = 64;

        /** A {@link Dictionary}, of which {@link #numbers} is a code, or an array of which it is the length. */
        private Object[] holders = new Object[0];

        private int[] numbers = new int[0];
        private final List<Dictionary> held = new ArrayList<>();
        private long heldBytes;
        private @Nullable Dictionary newest;

        @Override
        void grow(int size) {
            holders = Arrays.copyOf(holders, size);
            numbers = Arrays.copyOf(numbers, size);
        }

        @Override
        void put(int group, Vector vector, int row) {
            var text = (BytesVector) vector;
            Dictionary dictionary = text.dictionary;
            if (dictionary != null) {
                refer(group, dictionary, text.codes[text.offset + row]);
            } else {
                store(group, text.data(), text.start(row), text.end(row));
            }
        }

        private void refer(int group, Dictionary dictionary, int code) {
            if (dictionary != newest) {
                hold(dictionary);
            }
            holders[group] = dictionary;
            numbers[group] = code;
        }

        private void hold(Dictionary dictionary) {
            newest = dictionary;
            for (Dictionary known : held) {
                if (known == dictionary) {
                    return;
                }
            }
            long bytes = dictionary.data().length + 4L * dictionary.size();
            if (heldBytes + bytes > FEW_BYTES + BYTES_A_GROUP * state.length) {
                letGo();
            }
            held.add(dictionary);
            heldBytes += bytes;
        }

        private void letGo() {
            held.clear();
            heldBytes = 0;
            for (int group = 0; group < holders.length; group++) {
                if (holders[group] instanceof Dictionary dictionary) {
                    int code = numbers[group];
                    byte[] own = Arrays.copyOfRange(dictionary.data(), dictionary.start(code), dictionary.end(code));
                    holders[group] = own;
                    numbers[group] = own.length;
                }
            }
        }

        private void store(int group, byte[] data, int from, int to) {
            int length = to - from;
            byte[] own = holders[group] instanceof byte[] array && array.length >= length ? array : new byte[length];
            holders[group] = own;
            System.arraycopy(data, from, own, 0, length);
            numbers[group] = length;
        }

        private byte[] data(int group) {
            return holders[group] instanceof Dictionary dictionary ? dictionary.data() : (byte[]) holders[group];
        }

        private int start(int group) {
            return holders[group] instanceof Dictionary dictionary ? dictionary.start(numbers[group]) : 0;
        }

        private int end(int group) {
            return holders[group] instanceof Dictionary dictionary ? dictionary.end(numbers[group]) : numbers[group];
        }

        @Override
        void move(int group, Slots other, int from) {
            var source = (Texts) other;
            if (source.holders[from] instanceof Dictionary dictionary) {
                refer(group, dictionary, source.numbers[from]);
            } else {
                store(group, source.data(from), 0, source.numbers[from]);
            }
        }

        @Override
        void write(int group, Vector out) {
            if (holders[group] instanceof Dictionary dictionary) {
                ((BytesVector) out).append(dictionary, numbers[group]);
            } else {
                ((BytesVector) out).append((byte[]) holders[group], 0, numbers[group], true);
            }
        }

        @Override
        int compare(int group, Vector vector, int row) {
            var text = (BytesVector) vector;
            return Arrays.compareUnsigned(
                    data(group), start(group), end(group), text.data(), text.start(row), text.end(row));
        }

        @Override
        int compare(int group, Slots other, int from) {
            var source = (Texts) other;
            return Arrays.compareUnsigned(
                    data(group), start(group), end(group), source.data(from), source.start(from), source.end(from));
        }
    }

    /** Structs, field by field. */
    static final class Structs extends Slots {
        private final Slots[] fields;

        Structs(Schema schema) {
            fields = new Slots[schema.size()];
            Arrays.setAll(fields, i -> of(schema.type(i)));
        }

        @Override
        void grow(int size) {
            for (Slots field : fields) {
                field.ensure(size);
            }
        }

        @Override
        void put(int group, Vector vector, int row) {
            var struct = (StructVector) vector;
            for (int i = 0; i < fields.length; i++) {
                fields[i].set(group, struct.children[i], row);
            }
        }

        @Override
        void move(int group, Slots other, int from) {
            var source = (Structs) other;
            for (int i = 0; i < fields.length; i++) {
                fields[i].copy(group, source.fields[i], from);
            }
        }

        @Override
        void write(int group, Vector out) {
            var struct = (StructVector) out;
            for (int i = 0; i < fields.length; i++) {
                fields[i].append(group, struct.children[i]);
            }
            struct.appendRow(true);
        }

        @Override
        int compare(int group, Vector vector, int row) {
            var struct = (StructVector) vector;
            for (int i = 0; i < fields.length; i++) {
                boolean here = fields[i].state[group] == VALUE;
                boolean there = !struct.children[i].isNull(row);
                int order = here && there
                        ? fields[i].compare(group, struct.children[i], row)
                        : Boolean.compare(here, there);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        @Override
        int compare(int group, Slots other, int from) {
            var source = (Structs) other;
            for (int i = 0; i < fields.length; i++) {
                boolean here = fields[i].state[group] == VALUE;
                boolean there = source.fields[i].state[from] == VALUE;
                int order =
                        here && there ? fields[i].compare(group, source.fields[i], from) : Boolean.compare(here, there);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }
    }

    /** Anything else, each in a vector of one row. */
    static final class Vectors extends Slots {
        private final DataType type;
        private Vector[] values = new Vector[0];

        Vectors(DataType type) {
            this.type = type;
        }

        @Override
        void grow(int size) {
            values = Arrays.copyOf(values, size);
        }

        @Override
        void put(int group, Vector vector, int row) {
            @Nullable Vector own = values[group];
            if (own == null) {
                own = Vector.create(type);
                values[group] = own;
            }
            own.prepare(0);
            own.append(vector, row);
        }

        @Override
        void move(int group, Slots other, int from) {
            put(group, ((Vectors) other).values[from], 0);
        }

        @Override
        void write(int group, Vector out) {
            out.append(values[group], 0);
        }

        @Override
        int compare(int group, Vector vector, int row) {
            return Ordering.compare(values[group], 0, vector, row);
        }

        @Override
        int compare(int group, Slots other, int from) {
            return Ordering.compare(values[group], 0, ((Vectors) other).values[from], 0);
        }
    }
}
