package org.tailrace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailrace.app.run.RunOptions;

class RunCommandTest {

    @Test
    void every_option_is_read() throws UsageException {
        RunOptions options = RunCommand.parse(List.of(
                "in.ipynb",
                "-o",
                "a.ipynb",
                "--output=b.html",
                "--param",
                "rows=5",
                "-p",
                "text=a=b",
                "--timeout",
                "1.5",
                "--live-for",
                "0",
                "--allow-errors"));
        assertEquals(
                new RunOptions(
                        Path.of("in.ipynb"),
                        List.of(Path.of("a.ipynb"), Path.of("b.html")),
                        Map.of("rows", "5", "text", "a=b"),
                        Optional.of(Duration.ofMillis(1500)),
                        Duration.ZERO,
                        true),
                options);
    }

    @Test
    void without_options_there_is_no_timeout_and_queries_live_on_for_five_seconds() throws UsageException {
        RunOptions options = RunCommand.parse(List.of("in.ipynb"));
        assertEquals(Optional.empty(), options.timeout());
        assertEquals(Duration.ofSeconds(5), options.liveFor());
        assertEquals(List.of(), options.outputs());
    }

    @Test
    void what_is_passed_on_to_the_child_reads_the_same() throws UsageException {
        RunOptions options = RunCommand.parse(
                        List.of("-o", "a.html", "-p", "x=--odd value", "--timeout", "3", "--", "-in.ipynb"))
                .absolute();
        assertTrue(options.notebook().isAbsolute() && options.outputs().get(0).isAbsolute());
        assertEquals(options, RunCommand.parse(options.toArguments()));
    }

    @Test
    void wrong_usage_is_told_in_words() {
        refuses("run needs a notebook");
        refuses("run takes a notebook and nothing else, not also b.ipynb", "a.ipynb", "b.ipynb");
        refuses("run: unknown option --fast", "a.ipynb", "--fast");
        refuses("run: -o needs a value", "a.ipynb", "-o");
        refuses("run: --allow-errors takes no value", "a.ipynb", "--allow-errors=1");
        refuses("run: -o out.pdf: the name must end in .ipynb or .html", "a.ipynb", "-o", "out.pdf");
        refuses("run: --param rows: write it as name=value", "a.ipynb", "--param", "rows");
        refuses("run: --timeout soon: not a number of seconds", "a.ipynb", "--timeout", "soon");
        refuses("run: --live-for -1: not a number of seconds", "a.ipynb", "--live-for", "-1");
    }

    private static void refuses(String message, String... arguments) {
        var refused = assertThrows(UsageException.class, () -> RunCommand.parse(List.of(arguments)));
        assertEquals(message, refused.getMessage());
    }
}
