package org.tailrace.spi;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.tailrace.data.text.IntervalText;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.Secret;

/**
 * The options given to one connector, checked: names in any case, an unknown name is TR-402 with the nearest known one,
 * a missing one TR-403, a wrong value TR-404.
 */
public final class Options {
    private final String kind;
    private final Map<String, String> given = new HashMap<>();
    private final Map<String, String> spelling = new HashMap<>();

    /** @param known names as Spark spells them */
    public Options(String kind, Map<String, String> given, Collection<String> known) {
        this.kind = kind;
        given.forEach((name, value) -> this.given.put(lower(name), value));
        known.forEach(name -> spelling.put(lower(name), name));
        for (String name : new TreeSet<>(this.given.keySet())) {
            if (!spelling.containsKey(name)) {
                throw new PlanException(Problem.of("TR-402", "no option '" + name + "' of " + kind)
                        .have(String.join(", ", new TreeSet<>(known)))
                        .fix(Nearest.question(name, known)));
            }
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The given options under lower-case names, as a spec holds them. */
    public Map<String, String> map() {
        return Map.copyOf(given);
    }

    public boolean has(String name) {
        return given.containsKey(lower(name));
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(given.get(lower(name)));
    }

    public String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    public String required(String name) {
        return text(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new PlanException(Problem.of("TR-403", kind + " needs the option '" + name + "'")
                        .fix(".option(\"" + name + "\", \"...\")")));
    }

    public Optional<Secret> secret(String name) {
        return text(name).map(Secret::new);
    }

    public boolean flag(String name, boolean otherwise) {
        return text(name)
                .map(value -> {
                    String word = lower(value.trim());
                    if (!word.equals("true") && !word.equals("false")) {
                        throw wrong(name, value, "true or false");
                    }
                    return word.equals("true");
                })
                .orElse(otherwise);
    }

    /** A whole number of at least {@code least}. */
    public long number(String name, long otherwise, long least) {
        return text(name)
                .map(value -> {
                    try {
                        long number = Long.parseLong(value.trim());
                        if (number >= least) {
                            return number;
                        }
                    } catch (NumberFormatException e) {
                        // told below, with what was wanted
                    }
                    throw wrong(name, value, "a whole number of at least " + least);
                })
                .orElse(otherwise);
    }

    /** A number of bytes, such as {@code 10485760}, {@code 10mb} or {@code 1g}. */
    public long bytes(String name, long otherwise) {
        return text(name).map(value -> bytesOf(name, value)).orElse(otherwise);
    }

    private long bytesOf(String name, String value) {
        String text = lower(value.trim());
        String number = text.replaceFirst("[a-z]+$", "").trim();
        int power = List.of("b", "k", "m", "g", "t")
                .indexOf(text.substring(number.length()).trim().replaceFirst("(?<=[kmgt])i?b$", ""));
        try {
            long count = Long.parseLong(number);
            if (count > 0 && (power >= 0 || text.equals(number))) {
                return Math.multiplyExact(count, 1L << (10 * Math.max(power, 0)));
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // told below, with what was wanted
        }
        throw wrong(name, value, "a number of bytes, such as 10mb");
    }

    /** Milliseconds of a length of time: {@code 500ms}, {@code 5s}, {@code 10m}, {@code 7d}, Spark's interval words, or plain seconds. */
    public long durationMs(String name, long otherwiseMs) {
        return text(name).map(value -> millisOf(name, value)).orElse(otherwiseMs);
    }

    private long millisOf(String name, String value) {
        String text = lower(value.trim());
        String words = text.matches("\\d+")
                ? text + " seconds"
                : text.replaceFirst("^(\\d+)\\s*([a-z]+)$", "$1 ") + unit(text);
        return IntervalText.find(words)
                .filter(interval -> !interval.hasMonths() && interval.toMicros(0) >= 0)
                .map(interval -> interval.toMicros(0) / 1000)
                .orElseThrow(() -> wrong(name, value, "a length of time, such as 10s or 5 minutes"));
    }

    private static String unit(String text) {
        if (!text.matches("^\\d+\\s*[a-z]+$")) {
            return "";
        }
        String unit = text.replaceFirst("^\\d+\\s*", "");
        return switch (unit) {
            case "us" -> "microseconds";
            case "ms" -> "milliseconds";
            case "s", "sec" -> "seconds";
            case "m", "min" -> "minutes";
            case "h" -> "hours";
            case "d" -> "days";
            default -> unit;
        };
    }

    /** One of a few words, in lower case. */
    public String choice(String name, String otherwise, List<String> words) {
        String value = lower(text(name, otherwise).trim());
        if (!words.contains(value)) {
            throw new PlanException(
                    problem(name, value).have(String.join(", ", words)).fix(Nearest.question(value, words)));
        }
        return value;
    }

    /** A single character, such as a separator. */
    public char character(String name, char otherwise) {
        return text(name)
                .map(value -> {
                    String text = value.equals("\\t") ? "\t" : value;
                    if (text.length() != 1) {
                        throw wrong(name, value, "one character");
                    }
                    return text.charAt(0);
                })
                .orElse(otherwise);
    }

    /** The error for a value that is not what is wanted: TR-404. */
    public PlanException wrong(String name, String value, String wanted) {
        return new PlanException(problem(name, value).fix("write " + wanted));
    }

    private Problem problem(String name, String value) {
        String shown = Secret.holds(name) ? new Secret(value).toString() : "'" + value + "'";
        return Problem.of(
                "TR-404", shown + " is no value for the option '" + spelling.get(lower(name)) + "' of " + kind);
    }
}
