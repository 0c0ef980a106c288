package org.tailrace.connect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.text.DateText;
import org.tailrace.data.text.NumberText;
import org.tailrace.data.text.TextRules;
import org.tailrace.data.text.TimestampText;
import org.tailrace.data.text.Utf8;

/**
 * The commonest values of text, straight from its bytes into vectors: what {@link org.tailrace.data.text.TextCell} does by
 * way of characters, for the types of most columns. It refuses whatever it is not sure of, and the caller goes the long way.
 * One thread.
 */
final class PlainValues {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private static final int ISO_SECONDS = "2024-05-06T07:08:09".length();

    /** Numbers of more digits go the long way. */
    static final int LONGEST_NUMBER = 100;

    enum Kind {
        TEXT,
        WHOLE,
        SMALL,
        FRACTION,
        TRUTH,
        TIME,
        DAY
    }

    private final Kind[] kinds;
    private final long[] least;
    private final long[] greatest;
    private final boolean[] single;
    private final ZoneId zone;
    private final NumberText number = new NumberText();

    /** The date that was read last: its first eight characters, its last two, and its number. */
    private long lastYear;

    private int lastDay;
    private int lastDays = DateText.INVALID;

    private PlainValues(Schema schema, ZoneId zone) {
        this.zone = zone;
        int size = schema.size();
        kinds = new Kind[size];
        least = new long[size];
        greatest = new long[size];
        single = new boolean[size];
    }

    /** Null if a column is of a type, or under a rule, that goes the long way always. */
    static @Nullable PlainValues of(Schema schema, TextRules rules) {
        var values = new PlainValues(schema, rules.zone());
        for (int i = 0; i < schema.size(); i++) {
            DataType type = schema.type(i);
            boolean patterned = rules.date().isPresent() && type == DataType.DATE
                    || rules.timestamp().isPresent() && type == DataType.TIMESTAMP;
            if (patterned || !values.knows(i, type)) {
                return null;
            }
        }
        return values;
    }

    private boolean knows(int column, DataType type) {
        if (type == DataType.STRING) {
            kinds[column] = Kind.TEXT;
        } else if (type == DataType.BIGINT) {
            kinds[column] = Kind.WHOLE;
        } else if (type == DataType.INT || type == DataType.SMALLINT || type == DataType.TINYINT) {
            int bits = type == DataType.INT ? 32 : type == DataType.SMALLINT ? 16 : 8;
            kinds[column] = Kind.SMALL;
            greatest[column] = (1L << bits - 1) - 1;
            least[column] = -greatest[column] - 1;
        } else if (type == DataType.DOUBLE || type == DataType.FLOAT) {
            kinds[column] = Kind.FRACTION;
            single[column] = type == DataType.FLOAT;
        } else if (type == DataType.BOOLEAN) {
            kinds[column] = Kind.TRUTH;
        } else if (type == DataType.TIMESTAMP) {
            kinds[column] = Kind.TIME;
        } else if (type == DataType.DATE) {
            kinds[column] = Kind.DAY;
        } else {
            return false;
        }
        return true;
    }

    Kind kind(int column) {
        return kinds[column];
    }

    /** Appends the value whose text is {@code in[from..to)}, for {@link Kind#TEXT} valid UTF-8; false if it refuses. */
    boolean append(int column, byte[] in, int from, int to, Vector into) {
        switch (kinds[column]) {
            case TEXT:
                ((BytesVector) into).append(in, from, to, true);
                return true;
            case WHOLE:
                if (!number.readLong(in, from, to)) {
                    return false;
                }
                ((LongVector) into).append(number.whole, true);
                return true;
            case SMALL:
                if (!number.readLong(in, from, to) || number.whole < least[column] || number.whole > greatest[column]) {
                    return false;
                }
                ((IntVector) into).append((int) number.whole, true);
                return true;
            case FRACTION:
                if (!plainNumber(in, from, to) || !number.readDouble(in, from, to)) {
                    return false;
                }
                ((DoubleVector) into).append(single[column] ? (float) number.real : number.real, true);
                return true;
            case TRUTH:
                boolean yes = is(in, from, to, "true");
                if (!yes && !is(in, from, to, "false")) {
                    return false;
                }
                ((BooleanVector) into).append(yes, true);
                return true;
            case TIME:
                long micros = time(in, from, to);
                if (micros == TimestampText.INVALID) {
                    return false;
                }
                ((LongVector) into).append(micros, true);
                return true;
            default:
                int days = edged(in, from, to) ? DateText.INVALID : DateText.parse(in, from, to);
                if (days == DateText.INVALID) {
                    return false;
                }
                ((IntVector) into).append(days, true);
                return true;
        }
    }

    /**
     * Microseconds. Of the form that machines write, {@code 2024-05-06T07:08:09.123Z} with no or any fraction, the day is
     * mostly that of the row before.
     */
    private long time(byte[] in, int from, int to) {
        int second = from + ISO_SECONDS;
        if (to <= second || in[to - 1] != 'Z' || to - second > 8 || !signsOf(in, from)) {
            return edged(in, from, to) ? TimestampText.INVALID : TimestampText.parse(in, from, to, zone);
        }
        long year = (long) EIGHT.get(in, from);
        int day = in[from + 8] << 8 | in[from + 9];
        if (year != lastYear || day != lastDay || lastDays == DateText.INVALID) {
            lastYear = year;
            lastDay = day;
            lastDays = DateText.parse(in, from, from + 10);
        }
        int hour = two(in, from + 11);
        int minute = two(in, from + 14);
        int seconds = two(in, from + 17);
        int fraction = 0;
        if (in[second] == '.') {
            for (int i = 1; i <= 6; i++) {
                int digit = second + i < to - 1 ? in[second + i] - '0' : 0;
                if (digit < 0 || digit > 9) {
                    return TimestampText.parse(in, from, to, zone);
                }
                fraction = fraction * 10 + digit;
            }
        }
        boolean whole = in[second] == '.' || second == to - 1;
        if (lastDays == DateText.INVALID || hour > 23 || minute > 59 || seconds > 59 || !whole) {
            return TimestampText.parse(in, from, to, zone);
        }
        return ((lastDays * 24L + hour) * 60 + minute) * 60_000_000L + seconds * 1_000_000L + fraction;
    }

    /** Two digits, or more than any clock shows. */
    private static int two(byte[] in, int at) {
        int tens = in[at] - '0';
        int ones = in[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? 100 : tens * 10 + ones;
    }

    /** The signs between the numbers of a date and a time. */
    private static boolean signsOf(byte[] in, int from) {
        return in[from + 4] == '-'
                && in[from + 7] == '-'
                && in[from + 10] == 'T'
                && in[from + 13] == ':'
                && in[from + 16] == ':';
    }

    /** Begins or ends with a blank or with a byte that is no character of a date, or is empty. */
    private static boolean edged(byte[] in, int from, int to) {
        return from == to || in[from] <= ' ' || in[to - 1] <= ' ';
    }

    /** Digits with a sign, a point and an exponent, of no great length; not the words and suffixes that Java knows. */
    private static boolean plainNumber(byte[] in, int from, int to) {
        if (from == to || to - from > LONGEST_NUMBER) {
            return false;
        }
        for (int i = from; i < to; i++) {
            byte b = in[i];
            if ((b < '0' || b > '9') && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E') {
                return false;
            }
        }
        return true;
    }

    static boolean is(byte[] in, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (in[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where text ends that is valid UTF-8 and has neither a control character nor {@code other} in it: the position of
     * {@code end}, or of {@code to}, where the search ends; −1 if it is no such text.
     */
    static int textEnd(byte[] in, int from, int to, byte end, byte other) {
        long ends = ONES * end;
        long others = ONES * other;
        int at = from;
        while (at < to) {
            if (at + 8 <= to) {
                long eight = (long) EIGHT.get(in, at);
                long atEnd = eight ^ ends;
                long atOther = eight ^ others;
                // A byte's high bit is set where the byte is one of these, or above 127; a borrow can only set it
                // behind.
                long hits = (atEnd - ONES & ~atEnd | atOther - ONES & ~atOther | eight - ONES * ' ' & ~eight | eight)
                        & HIGH;
                if (hits == 0) {
                    at += 8;
                    continue;
                }
                at += Long.numberOfTrailingZeros(hits) >>> 3;
            }
            byte b = in[at];
            if (b == end) {
                return at;
            }
            if (b < 0) {
                int length = Utf8.length(in, at, to);
                if (length == 0) {
                    return -1;
                }
                at += length;
            } else if (b == other || b < ' ') {
                return -1;
            } else {
                at++;
            }
        }
        return to;
    }
}
