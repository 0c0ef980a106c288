package org.tailrace;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.tailrace.error.Nearest;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.Settings;
import org.tailrace.spi.StateBudget;

/** The session's settings under Spark's names, and those that Spark does not have under ours. */
final class SessionSettings {
    private static final String ZONE = "spark.sql.session.timeZone";
    private static final String ANSI = "spark.sql.ansi.enabled";
    private static final String POLICY = "spark.sql.streaming.multipleWatermarkPolicy";
    private static final String NO_DATA = "spark.sql.streaming.noDataMicroBatches.enabled";
    private static final String STATE_ROWS = "tailrace.state.maxRows";
    private static final String STATE_BYTES = "tailrace.state.maxBytes";
    private static final List<String> NAMES = List.of(ZONE, ANSI, POLICY, NO_DATA, STATE_ROWS, STATE_BYTES);

    // replaced as a whole, read by several threads
    private volatile Settings settings = Settings.DEFAULT;
    /** One query may fill half of the heap: what goes beyond would end the process, and all queries with it. */
    private volatile StateBudget budget =
            new StateBudget(Long.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2);

    Settings current() {
        return settings;
    }

    StateBudget budget() {
        return budget;
    }

    String get(String name) {
        switch (known(name)) {
            case ZONE:
                return settings.zone().getId();
            case ANSI:
                return String.valueOf(settings.ansi());
            case POLICY:
                return settings.maxWatermark() ? "max" : "min";
            case STATE_ROWS:
                return String.valueOf(budget.maxRows());
            case STATE_BYTES:
                return String.valueOf(budget.maxBytes());
            default:
                return String.valueOf(settings.noDataBatches());
        }
    }

    void set(String name, String value) {
        Settings s = settings;
        switch (known(name)) {
            case ZONE:
                settings = new Settings(zone(value), s.ansi(), s.maxWatermark(), s.noDataBatches());
                break;
            case ANSI:
                settings = new Settings(s.zone(), bool(value), s.maxWatermark(), s.noDataBatches());
                break;
            case POLICY:
                settings = new Settings(s.zone(), s.ansi(), policy(value), s.noDataBatches());
                break;
            case STATE_ROWS:
                budget = new StateBudget(rows(value), budget.maxBytes());
                break;
            case STATE_BYTES:
                budget = new StateBudget(
                        budget.maxRows(),
                        ByteSize.find(value).orElseThrow(() -> wrong(value, "a size such as 512 MB")));
                break;
            default:
                settings = new Settings(s.zone(), s.ansi(), s.maxWatermark(), bool(value));
        }
    }

    private static String known(String name) {
        return NAMES.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new PlanException(Problem.of("TR-152", "no setting '" + name + "'")
                        .at(new Place("conf", name, 0, name.length()))
                        .have(String.join(", ", NAMES))
                        .fix(Nearest.question(name, NAMES))));
    }

    private static ZoneId zone(String value) {
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            throw wrong(value, "a zone such as UTC or Europe/Zurich");
        }
    }

    private static boolean bool(String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw wrong(value, "true or false");
        }
        return Boolean.parseBoolean(value);
    }

    private static boolean policy(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (!word.equals("min") && !word.equals("max")) {
            throw wrong(value, "min or max");
        }
        return word.equals("max");
    }

    private static long rows(String value) {
        if (!value.matches("[1-9]\\d{0,17}")) {
            throw wrong(value, "a positive number of rows");
        }
        return Long.parseLong(value);
    }

    private static PlanException wrong(String value, String fix) {
        return new PlanException(Problem.of("TR-153", "the setting cannot be '" + value + "'")
                .at(new Place("conf", value, 0, value.length()))
                .fix("use " + fix));
    }
}
