package org.tailrace.kernel.exec;

import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.tailrace.kernel.spi.MagicCall;

/**
 * What environment variables ask of a kernel, under the names that users of JJava and IJava have set already: {@code JJAVA_x}
 * and, where that is not set, {@code IJAVA_x}.
 *
 * @param classPath paths, perhaps with wildcards
 * @param scripts files to run at the start, perhaps with wildcards, in order
 * @param script Java and magics to run at the start, after those
 * @param compilerOptions as for javac; quotes keep blanks
 * @param timeout how long a cell may run; text that is no time
 * @param offline whether no magic may ask a server
 */
record Environment(
        List<String> classPath,
        List<String> scripts,
        Optional<String> script,
        List<String> compilerOptions,
        Optional<String> timeout,
        boolean offline) {

    private static final Pattern TIME = Pattern.compile("(-?\\d+)\\W*([A-Za-z]*)");

    static Environment of(Map<String, String> variables) {
        return new Environment(
                paths(variables, "CLASSPATH"),
                paths(variables, "STARTUP_SCRIPTS_PATH"),
                value(variables, "STARTUP_SCRIPT"),
                value(variables, "COMPILER_OPTS")
                        .map(options -> new MagicCall("", options, Optional.empty()).arguments())
                        .orElse(List.of()),
                value(variables, "TIMEOUT"),
                Boolean.parseBoolean(variables.getOrDefault("TAILRACE_OFFLINE", "false")));
    }

    private static Optional<String> value(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get("JJAVA_" + name))
                .or(() -> Optional.ofNullable(variables.get("IJAVA_" + name)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static List<String> paths(Map<String, String> variables, String name) {
        return value(variables, name).stream()
                .flatMap(text -> Arrays.stream(text.split(Pattern.quote(File.pathSeparator))))
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .toList();
    }

    /**
     * The time that a cell may take: milliseconds, or a number and a unit such as {@code 30 SECONDS}. Nothing and numbers
     * below one mean for ever.
     *
     * @throws IllegalArgumentException if the text is no time
     */
    Optional<Duration> timeLimit() {
        return timeout.map(Environment::time).filter(limit -> limit.compareTo(Duration.ZERO) > 0);
    }

    private static Duration time(String text) {
        var matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " is no time such as 500 or 30 SECONDS");
        }
        var unit = matcher.group(2).isEmpty()
                ? TimeUnit.MILLISECONDS
                : TimeUnit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
        return Duration.of(Long.parseLong(matcher.group(1)), unit.toChronoUnit());
    }
}
