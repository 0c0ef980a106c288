package org.tailrace.kernel.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.tailrace.kernel.exec.magic.PathPattern;

/** Does before the first cell what the environment asks for. What cannot be done is logged, and the kernel starts all the same. */
final class StartUp {

    private final Environment environment;
    private final Consumer<String> log;

    StartUp(Environment environment, Consumer<String> log) {
        this.environment = environment;
        this.log = log;
    }

    void run(NotebookHost host, RunningNotebook notebook) {
        try {
            notebook.timeout(environment.timeLimit());
        } catch (IllegalArgumentException e) {
            log.accept("the time limit of the environment does not hold: " + e.getMessage());
        }
        for (var pattern : environment.classPath()) {
            forFiles(pattern, file -> host.addToClassPath(file.toAbsolutePath().normalize()));
        }
        for (var pattern : environment.scripts()) {
            forFiles(pattern, file -> script(host, file.toString(), Files.readString(file, StandardCharsets.UTF_8)));
        }
        environment.script().ifPresent(text -> script(host, "STARTUP_SCRIPT", text));
    }

    @FunctionalInterface
    private interface Use {
        void of(Path file) throws IOException;
    }

    private void forFiles(String pattern, Use use) {
        try {
            var files = PathPattern.files(pattern);
            if (files.stream().noneMatch(Files::exists)) {
                log.accept("the environment names " + pattern + ", and there is no such file");
                return;
            }
            for (var file : files) {
                use.of(file);
            }
        } catch (IOException | RuntimeException e) {
            log.accept("the environment names " + pattern + ", which cannot be used: " + e);
        }
    }

    private void script(NotebookHost host, String name, String text) {
        try {
            host.runOwn(text, new Origin(0, name, text, 0), new StartCell(name, text, log));
        } catch (RuntimeException | Error e) {
            log.accept("start-up script " + name + " failed: " + e.getMessage());
        }
    }
}
