package org.tailrace.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tailrace.app.run.RunOptions;

/** Reads what {@code run} is asked to do from its command line. */
final class RunCommand {

    private static final Set<String> SWITCHES = Set.of("--allow-errors");
    private static final Set<String> VALUED = Set.of("-o", "--output", "-p", "--param", "--timeout", "--live-for");

    private RunCommand() {}

    static RunOptions parse(List<String> arguments) throws UsageException {
        CommandLine line = CommandLine.parse("run", arguments, SWITCHES, VALUED);
        Path notebook = path(line.operand("a notebook"));
        var outputs = new ArrayList<Path>();
        for (String output : concat(line.all("-o"), line.all("--output"))) {
            if (!output.endsWith(".ipynb") && !output.endsWith(".html")) {
                throw new UsageException("run: -o " + output + ": the name must end in .ipynb or .html");
            }
            outputs.add(path(output));
        }
        var parameters = new LinkedHashMap<String, String>();
        for (String parameter : concat(line.all("-p"), line.all("--param"))) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new UsageException("run: --param " + parameter + ": write it as name=value");
            }
            parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        Optional<Duration> timeout = line.last("--timeout").isEmpty()
                ? Optional.empty()
                : Optional.of(seconds("--timeout", line.last("--timeout").get()));
        Duration liveFor = line.last("--live-for").isEmpty()
                ? RunOptions.DEFAULT_LIVE_FOR
                : seconds("--live-for", line.last("--live-for").get());
        return new RunOptions(notebook, outputs, parameters, timeout, liveFor, line.has("--allow-errors"));
    }

    private static Duration seconds(String option, String text) throws UsageException {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && seconds <= Integer.MAX_VALUE) {
                return Duration.ofMillis(Math.round(seconds * 1000));
            }
        } catch (NumberFormatException e) {
            // told below, as for a negative one
        }
        throw new UsageException("run: " + option + " " + text + ": not a number of seconds");
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("run: " + text + ": not a path");
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
