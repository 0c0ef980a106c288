package org.tailrace.expr.builtin;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Values;
import org.tailrace.data.Vector;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.TimestampText;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;

/** Dates and timestamps to and from text by a pattern, which is Java's, English, as in Spark. */
final class TimeText {
    private TimeText() {}

    /** The formatters of one call, by pattern; usually one. */
    private static final class Formats {
        private static final Pattern QUOTED = Pattern.compile("'[^']*'");
        /** Letters that Java's patterns have and Spark's have not. */
        private static final String NOT_SPARKS = "ABNnp";

        private final Memo<DateTimeFormatter> formats = new Memo<>(Formats::compile);

        private static DateTimeFormatter compile(String pattern) {
            boolean foreign =
                    QUOTED.matcher(pattern).replaceAll("").chars().anyMatch(letter -> NOT_SPARKS.indexOf(letter) >= 0);
            if (foreign) {
                throw noPattern(pattern);
            }
            try {
                // Spark's year is Java's proleptic one.
                String java = pattern.contains("G") ? pattern : pattern.replace('y', 'u');
                return new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(java)
                        .toFormatter(Locale.US)
                        .withResolverStyle(ResolverStyle.STRICT);
            } catch (IllegalArgumentException e) {
                throw noPattern(pattern);
            }
        }

        private static RuntimeException noPattern(String pattern) {
            return Errors.argument("no pattern for times: '" + pattern + "'", "such as yyyy-MM-dd HH:mm:ss");
        }

        DateTimeFormatter of(String pattern) {
            return formats.of(pattern);
        }

        /** Micros since the epoch, or {@link TimestampText#INVALID}. */
        long parse(String text, String pattern, ZoneId zone) {
            try {
                TemporalAccessor parsed = of(pattern).parse(text);
                LocalDate date = parsed.query(TemporalQueries.localDate());
                LocalTime time = parsed.query(TemporalQueries.localTime());
                if (date == null) {
                    date = LocalDate.of(
                            get(parsed, ChronoField.YEAR, 1970),
                            get(parsed, ChronoField.MONTH_OF_YEAR, 1),
                            get(parsed, ChronoField.DAY_OF_MONTH, 1));
                }
                if (time == null) {
                    time = LocalTime.of(
                            get(parsed, ChronoField.HOUR_OF_DAY, get(parsed, ChronoField.HOUR_OF_AMPM, 0)),
                            get(parsed, ChronoField.MINUTE_OF_HOUR, 0),
                            get(parsed, ChronoField.SECOND_OF_MINUTE, 0),
                            get(parsed, ChronoField.NANO_OF_SECOND, 0));
                }
                ZoneId named = parsed.query(TemporalQueries.zone());
                long wall = Values.micros(LocalDateTime.of(date, time).toInstant(ZoneOffset.UTC));
                return TimestampText.toInstant(wall, named == null ? zone : named);
            } catch (DateTimeException | ArithmeticException e) {
                return TimestampText.INVALID;
            }
        }

        private static int get(TemporalAccessor parsed, ChronoField field, int otherwise) {
            return parsed.isSupported(field) ? parsed.get(field) : otherwise;
        }

        String print(long micros, String pattern, ZoneId zone) {
            return of(pattern).format(Values.instant(micros).atZone(zone));
        }
    }

    /** Prints times, and remembers the last: neighbours in time have the same text unless it tells parts of a second. */
    private static final class Printer {
        private static final String PARTS_OF_A_SECOND = "S";

        private final Formats formats = new Formats();
        private byte[] pattern = new byte[0];
        private String patternText = "";
        private ZoneId zone = ZoneOffset.UTC;
        private long unit;
        private long at;
        private byte[] printed = new byte[0];

        void print(long micros, BytesVector patterns, int row, ZoneId in, BytesVector out) {
            boolean same = unit > 0
                    && in.equals(zone)
                    && Arrays.equals(
                            pattern, 0, pattern.length, patterns.data(), patterns.start(row), patterns.end(row));
            if (!same) {
                pattern = Cell.bytes(patterns, row);
                patternText = new String(pattern, StandardCharsets.UTF_8);
                zone = in;
                unit = patternText.chars().anyMatch(c -> PARTS_OF_A_SECOND.indexOf(c) >= 0) ? 1 : 1_000_000;
            }
            if (!same || Math.floorDiv(micros, unit) != at) {
                printed = formats.print(micros, patternText, zone).getBytes(StandardCharsets.UTF_8);
                at = Math.floorDiv(micros, unit);
            }
            out.set(row, printed);
        }
    }

    static List<Function> all() {
        var all = new ArrayList<Function>();
        all.add(Truncate.ofDate());
        all.add(Strict.failing(
                "date_format",
                "date_format(time timestamp, pattern string) -> string",
                "A time written by a pattern.",
                "date_format(timestamp'2016-04-08 12:30:00', 'yyyy/MM/dd HH:mm')",
                (a, r, c) -> {
                    var printer = new Printer();
                    return (v, i, out) ->
                            printer.print(Cell.whole(v[0], i), (BytesVector) v[1], i, c.zone(), (BytesVector) out);
                }));
        all.add(Strict.failing(
                "from_unixtime",
                "from_unixtime(seconds bigint[, pattern string]) -> string?",
                "The time so many seconds after 1970-01-01 00:00:00 UTC, written by a pattern.",
                "from_unixtime(0, 'yyyy-MM-dd HH:mm:ss')",
                (a, r, c) -> {
                    var formats = new Formats();
                    return (v, i, out) -> Cell.put(
                            out,
                            i,
                            formats.print(
                                    Math.multiplyExact(Cell.whole(v[0], i), 1_000_000L),
                                    v.length > 1 ? Cell.text(v[1], i) : "yyyy-MM-dd HH:mm:ss",
                                    c.zone()));
                }));
        parsing(all, "to_timestamp", DataType.TIMESTAMP, false, "to_timestamp('2016-12-31', 'yyyy-MM-dd')");
        parsing(all, "try_to_timestamp", DataType.TIMESTAMP, true, "try_to_timestamp('foo', 'yyyy-MM-dd')");
        parsing(all, "to_timestamp_ntz", DataType.TIMESTAMP_NTZ, false, "to_timestamp_ntz('2016-12-31 00:12:00')");
        parsing(all, "to_timestamp_ltz", DataType.TIMESTAMP, false, "to_timestamp_ltz('2016-12-31 00:12:00')");
        parsing(all, "to_date date", DataType.DATE, false, "to_date('2009-07-30 04:17:52')");
        parsing(all, "try_to_date", DataType.DATE, true, "try_to_date('foo')");
        all.add(new UnixTime("unix_timestamp", true));
        all.add(new UnixTime("to_unix_timestamp", false));
        return all;
    }

    private static void parsing(List<Function> all, String names, DataType type, boolean attempt, String example) {
        String name = names.split(" ")[0];
        Strict function = Strict.failing(
                names,
                name + "(text string|date|timestamp|timestamp_ntz[, pattern string]) -> " + type.ddl() + "?",
                "The " + type.ddl() + " that a text means, read as a cast does or by a pattern"
                        + (attempt ? ", or NULL." : "."),
                example,
                (a, r, c) -> {
                    var formats = new Formats();
                    DataType source = a.get(0).type();
                    return (v, i, out) -> {
                        long micros;
                        if (source == DataType.STRING) {
                            micros = read(v, i, formats, type == DataType.TIMESTAMP_NTZ ? ZoneOffset.UTC : c.zone());
                        } else {
                            long wall = Calendar.wall(v[0], i, c.zone());
                            micros = Calendar.fromWall(
                                    wall,
                                    DataType.TIMESTAMP,
                                    type == DataType.TIMESTAMP_NTZ ? ZoneOffset.UTC : c.zone());
                        }
                        put(micros, v, i, out, c, attempt);
                    };
                });
        all.add(attempt ? function : function.readingText());
    }

    private static long read(Vector[] v, int row, Formats formats, ZoneId zone) {
        String text = Cell.text(v[0], row);
        return v.length > 1 ? formats.parse(text, Cell.text(v[1], row), zone) : TimestampText.parse(text, zone);
    }

    private static void put(long micros, Vector[] v, int row, Vector out, EvalContext context, boolean attempt) {
        if (micros == TimestampText.INVALID) {
            if (context.ansi() && !attempt) {
                throw Errors.cast(String.valueOf(v[0].get(row)), DataType.STRING, out.type);
            }
            out.setNull(row);
        } else if (out.type == DataType.DATE) {
            long wall = TimestampText.toWall(micros, context.zone());
            Cell.put(out, row, Math.floorDiv(wall, Interval.MICROS_PER_DAY));
        } else {
            Cell.put(out, row, micros);
        }
    }

    /** {@code unix_timestamp([time[, pattern]])}: seconds since the epoch; of no argument, those of the batch's time. */
    private static final class UnixTime extends Described implements org.tailrace.expr.ScalarFunction {
        private static final Shape SHAPE =
                new Shape("f(time string|date|timestamp|timestamp_ntz[, pattern string]) -> bigint");
        private final boolean now;

        UnixTime(String name, boolean now) {
            super(
                    name,
                    name + (now ? "([time[, pattern]])" : "(time[, pattern])"),
                    "The seconds from 1970-01-01 00:00:00 UTC to a time, read by a pattern.",
                    name + "('2016-04-08', 'yyyy-MM-dd')");
            this.now = now;
        }

        @Override
        public Signature resolve(List<org.tailrace.expr.Typed> arguments, EvalContext context) {
            if (now && arguments.isEmpty()) {
                return new Signature(List.of(), DataType.BIGINT, false);
            }
            Signature signature = SHAPE.resolve(arguments, context);
            return new Signature(signature.parameters(), DataType.BIGINT, signature.nullable() || !context.ansi());
        }

        @Override
        public boolean canFail() {
            return true;
        }

        @Override
        public boolean deterministic() {
            return !now;
        }

        @Override
        public Kernel bind(List<org.tailrace.expr.Typed> arguments, DataType result, EvalContext context) {
            if (arguments.isEmpty()) {
                return Strict.kernel(
                        (v, i, out) -> Cell.put(out, i, Math.floorDiv(context.clock().batchTimeMicros, 1_000_000L)));
            }
            var formats = new Formats();
            DataType source = arguments.get(0).type();
            return Strict.kernel((v, i, out) -> {
                long micros = source != DataType.STRING
                        ? Calendar.fromWall(Calendar.wall(v[0], i, context.zone()), DataType.TIMESTAMP, context.zone())
                        : formats.parse(
                                Cell.text(v[0], i),
                                v.length > 1 ? Cell.text(v[1], i) : "yyyy-MM-dd HH:mm:ss",
                                context.zone());
                put(micros, v, i, out, context, false);
                if (!out.isNull(i)) {
                    Cell.put(out, i, Math.floorDiv(micros, 1_000_000L));
                }
            });
        }
    }
}
