package org.tailrace.data.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Base64;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Values;
import org.tailrace.data.Vector;

/**
 * Reads one type of value from text into a vector, without an object per value for the common types. Blanks around
 * everything but strings are ignored. One thread.
 */
public abstract class TextCell {
    final NumberText number = new NumberText();
    private byte[] ascii = new byte[64];

    private TextCell() {}

    /** Appends the value of the text; false, and nothing appended, if it is no value of the type. */
    public abstract boolean append(Vector into, char[] text, int from, int to);

    /** Whether text can be a value of this type at all: not of arrays, maps, structs. */
    public static boolean reads(DataType type) {
        switch (type.storage()) {
            case ARRAY, MAP, STRUCT, OBJECT:
                return false;
            default:
                return type != DataType.VOID;
        }
    }

    public static TextCell of(DataType type, TextRules rules) {
        if (type == DataType.STRING) {
            return new Text();
        }
        if (type == DataType.BINARY) {
            return new Bytes();
        }
        return new Trimmed(scalar(type, rules));
    }

    private static TextCell scalar(DataType type, TextRules rules) {
        if (type == DataType.BOOLEAN) {
            return new Bool();
        }
        if (type == DataType.BIGINT) {
            return new Big();
        }
        if (type == DataType.DOUBLE || type == DataType.FLOAT) {
            return new Fractional(type);
        }
        if (type == DataType.DATE) {
            return rules.date().<TextCell>map(PatternDate::new).orElseGet(Date::new);
        }
        if (type == DataType.TIMESTAMP || type == DataType.TIMESTAMP_NTZ) {
            boolean local = type == DataType.TIMESTAMP_NTZ;
            return rules.timestamp()
                    .<TextCell>map(pattern -> new PatternTime(pattern, local ? ZoneOffset.UTC : rules.zone(), local))
                    .orElseGet(() -> new Time(rules.zone(), local));
        }
        if (type instanceof DataType.Decimal decimal) {
            return new Dec(decimal);
        }
        if (type instanceof DataType.DayTimeInterval || type instanceof DataType.YearMonthInterval) {
            return new Span(type instanceof DataType.YearMonthInterval);
        }
        return type == DataType.TINYINT
                ? new Small(Byte.MIN_VALUE, Byte.MAX_VALUE)
                : type == DataType.SMALLINT
                        ? new Small(Short.MIN_VALUE, Short.MAX_VALUE)
                        : new Small(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** The text as bytes; one above 127 is replaced by 0, which no number or date contains. */
    final byte[] ascii(char[] text, int from, int to) {
        if (ascii.length < to - from) {
            ascii = new byte[to - from];
        }
        for (int i = from; i < to; i++) {
            ascii[i - from] = text[i] < 128 ? (byte) text[i] : 0;
        }
        return ascii;
    }

    private static final class Trimmed extends TextCell {
        private final TextCell inner;

        Trimmed(TextCell inner) {
            this.inner = inner;
        }

        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            int start = from;
            int end = to;
            while (start < end && text[start] <= ' ') {
                start++;
            }
            while (end > start && text[end - 1] <= ' ') {
                end--;
            }
            return start < end && inner.append(into, text, start, end);
        }
    }

    private static final class Text extends TextCell {
        private byte[] utf8 = new byte[256];

        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            if (utf8.length < 3 * (to - from)) {
                utf8 = new byte[Math.max(3 * (to - from), utf8.length * 2)];
            }
            int length = Utf8.encode(text, from, to, utf8);
            if (length < 0) {
                return false;
            }
            ((BytesVector) into).append(utf8, 0, length, true);
            return true;
        }
    }

    private static final class Bytes extends TextCell {
        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            try {
                byte[] bytes = Base64.getDecoder().decode(new String(text, from, to - from));
                ((BytesVector) into).append(bytes, 0, bytes.length, true);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    private static final class Bool extends TextCell {
        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            String word = new String(text, from, to - from);
            boolean yes = word.equalsIgnoreCase("true");
            if (!yes && !word.equalsIgnoreCase("false")) {
                return false;
            }
            ((BooleanVector) into).append(yes, true);
            return true;
        }
    }

    private static final class Small extends TextCell {
        private final int least;
        private final int most;

        Small(int least, int most) {
            this.least = least;
            this.most = most;
        }

        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            if (!number.readLong(ascii(text, from, to), 0, to - from) || number.whole < least || number.whole > most) {
                return false;
            }
            ((IntVector) into).append((int) number.whole, true);
            return true;
        }
    }

    private static final class Big extends TextCell {
        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            if (!number.readLong(ascii(text, from, to), 0, to - from)) {
                return false;
            }
            ((LongVector) into).append(number.whole, true);
            return true;
        }
    }

    private static final class Fractional extends TextCell {
        private final boolean single;

        Fractional(DataType type) {
            single = type == DataType.FLOAT;
        }

        /** As Java's own {@code 1d} and {@code 0x1p3}: no numbers in a file. */
        private static boolean suffixed(char[] text, int from, int to) {
            char last = Character.toLowerCase(text[to - 1]);
            char before = to - from > 1 ? text[to - 2] : 'x';
            return (last == 'd' || last == 'f') && (before == '.' || before >= '0' && before <= '9')
                    || to - from > 2 && Character.toLowerCase(text[from + 1]) == 'x';
        }

        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            if (suffixed(text, from, to) || !number.readDouble(ascii(text, from, to), 0, to - from)) {
                return false;
            }
            ((DoubleVector) into).append(single ? (float) number.real : number.real, true);
            return true;
        }
    }

    private static final class Dec extends TextCell {
        private final DataType.Decimal type;

        Dec(DataType.Decimal type) {
            this.type = type;
        }

        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            BigDecimal value = to - from > 100 ? null : NumberText.decimal(new String(text, from, to - from));
            BigInteger unscaled = value == null ? null : NumberText.unscaled(value, type.precision(), type.scale());
            if (unscaled == null) {
                return false;
            }
            into.appendValue(new BigDecimal(unscaled, type.scale()));
            return true;
        }
    }

    private static final class Date extends TextCell {
        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            int days = DateText.parse(ascii(text, from, to), 0, to - from);
            if (days == DateText.INVALID) {
                return false;
            }
            ((IntVector) into).append(days, true);
            return true;
        }
    }

    private static final class Time extends TextCell {
        private final ZoneId zone;
        private final boolean local;

        Time(ZoneId zone, boolean local) {
            this.zone = zone;
            this.local = local;
        }

        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            byte[] bytes = ascii(text, from, to);
            long micros = local
                    ? TimestampText.parseLocal(bytes, 0, to - from)
                    : TimestampText.parse(bytes, 0, to - from, zone);
            if (micros == TimestampText.INVALID) {
                return false;
            }
            ((LongVector) into).append(micros, true);
            return true;
        }
    }

    private static final class PatternDate extends TextCell {
        private final DateTimeFormatter pattern;

        PatternDate(DateTimeFormatter pattern) {
            this.pattern = pattern;
        }

        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            try {
                into.appendValue(LocalDate.parse(new String(text, from, to - from), pattern));
                return true;
            } catch (DateTimeException | ArithmeticException e) {
                return false;
            }
        }
    }

    private static final class PatternTime extends TextCell {
        private final DateTimeFormatter pattern;
        private final ZoneId zone;
        private final boolean local;

        PatternTime(DateTimeFormatter pattern, ZoneId zone, boolean local) {
            this.pattern = pattern;
            this.zone = zone;
            this.local = local;
        }

        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            try {
                TemporalAccessor parsed = pattern.parse(new String(text, from, to - from));
                LocalDate day = LocalDate.from(parsed);
                var time = parsed.query(TemporalQueries.localTime());
                ZoneId named = parsed.query(TemporalQueries.zone());
                LocalDateTime wall = time == null ? day.atStartOfDay() : day.atTime(time);
                ZoneId in = named == null || local ? zone : named;
                ((LongVector) into).append(Values.micros(wall.atZone(in).toInstant()), true);
                return true;
            } catch (DateTimeException | ArithmeticException e) {
                return false;
            }
        }
    }

    private static final class Span extends TextCell {
        private final boolean months;

        Span(boolean months) {
            this.months = months;
        }

        @Override
        public boolean append(Vector into, char[] text, int from, int to) {
            var found = IntervalText.find(new String(text, from, to - from));
            if (found.isEmpty() || months != found.get().hasMonths()) {
                return false;
            }
            try {
                if (months) {
                    ((IntVector) into).append(found.get().months(), true);
                } else {
                    ((LongVector) into).append(found.get().toMicros(0), true);
                }
                return true;
            } catch (ArithmeticException e) {
                return false;
            }
        }
    }
}
