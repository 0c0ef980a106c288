package org.tailrace.app.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code run} was asked to do.
 *
 * @param outputs files to write, each {@code .ipynb} or {@code .html}
 * @param parameters texts by name, in the order given
 * @param timeout how long a cell may run, and how long queries may take to finish at the end
 * @param liveFor how long unbounded queries go on after the last cell
 */
public record RunOptions(
        Path notebook,
        List<Path> outputs,
        Map<String, String> parameters,
        Optional<Duration> timeout,
        Duration liveFor,
        boolean allowErrors) {

    public static final Duration DEFAULT_LIVE_FOR = Duration.ofSeconds(5);

    public RunOptions {
        outputs = List.copyOf(outputs);
        parameters = new LinkedHashMap<>(parameters);
    }

    /** The same request with absolute paths, for a process that starts in the notebook's folder. */
    public RunOptions absolute() {
        return new RunOptions(
                absolute(notebook),
                outputs.stream().map(RunOptions::absolute).toList(),
                parameters,
                timeout,
                liveFor,
                allowErrors);
    }

    /** The arguments that stand for this request on a command line. */
    public List<String> toArguments() {
        var arguments = new ArrayList<String>();
        for (Path output : outputs) {
            arguments.addAll(List.of("-o", output.toString()));
        }
        parameters.forEach((name, value) -> arguments.addAll(List.of("--param", name + "=" + value)));
        timeout.ifPresent(t -> arguments.addAll(List.of("--timeout", seconds(t))));
        arguments.addAll(List.of("--live-for", seconds(liveFor)));
        if (allowErrors) {
            arguments.add("--allow-errors");
        }
        arguments.addAll(List.of("--", notebook.toString()));
        return arguments;
    }

    private static String seconds(Duration duration) {
        return Double.toString(duration.toMillis() / 1000.0);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
