package org.tailrace.kernel.exec.magic;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.KernelPlugin;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;

/** {@code %help %load %time %jars %classpath %who %timeout %config}. */
public final class NotebookMagics implements KernelPlugin {

    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|)");
    private static final int VALUE_LENGTH = 80;

    private final NotebookControl control;

    public NotebookMagics(NotebookControl control) {
        this.control = control;
    }

    @Override
    public void start(KernelHost host) {
        host.register(new LineMagic(
                "help",
                Magic.Kind.LINE,
                "%help [magic]",
                "Lists the magics, or explains one.",
                (call, cell) -> Optional.of(help(host, call)),
                word -> host.magics().keySet().stream()
                        .filter(name -> name.startsWith(word))
                        .toList()));
        host.register(new LineMagic(
                "time",
                Magic.Kind.BOTH,
                "%time code",
                "Runs Java and prints how long it took.",
                (call, cell) -> time(host, call, cell),
                LineMagic.Words.NONE));
        host.register(new LineMagic(
                "load",
                Magic.Kind.LINE,
                "%load file...",
                "Runs the cells of a notebook or the text of a script.",
                this::load,
                PathPattern::startingWith));
        host.register(new LineMagic(
                "jars",
                Magic.Kind.LINE,
                "%jars lib/*.jar...",
                "Adds jars to the class path; wildcards as in a shell.",
                (call, cell) -> add(host, call, cell),
                PathPattern::startingWith));
        host.register(new LineMagic(
                "classpath",
                Magic.Kind.LINE,
                "%classpath [path...]",
                "Adds jars and class folders to the class path, or lists what was added.",
                (call, cell) -> call.arguments().isEmpty() ? Optional.of(classPath()) : add(host, call, cell),
                PathPattern::startingWith));
        host.register(new LineMagic(
                "who",
                Magic.Kind.LINE,
                "%who",
                "Lists the notebook's variables, and threads that a cell has left behind.",
                (call, cell) -> Optional.of(who()),
                LineMagic.Words.NONE));
        host.register(new LineMagic(
                "timeout",
                Magic.Kind.LINE,
                "%timeout [30s | off]",
                "Interrupts every later cell that runs longer; without an argument, says what holds.",
                (call, cell) -> Optional.of(timeout(call.line().strip())),
                word -> "off".startsWith(word) ? List.of("off") : List.of()));
        host.register(new Config(control, this::timeout).magic());
    }

    private static String help(KernelHost host, MagicCall call) {
        var magics = new TreeMap<>(host.magics());
        if (!call.arguments().isEmpty()) {
            var name = call.arguments().get(0).replace("%", "");
            var magic = magics.get(name);
            return magic == null
                    ? "there is no magic %" + name + "; %help lists all"
                    : magic.usage() + "\n" + magic.summary();
        }
        var rows = new ArrayList<List<String>>();
        magics.values().forEach(magic -> rows.add(List.of(magic.usage(), magic.summary())));
        return TextTable.of(rows);
    }

    private static Optional<Object> time(KernelHost host, MagicCall call, Cell cell) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        try {
            return host.evaluate(call.body().orElse(call.line()));
        } finally {
            long wallNanos = System.nanoTime() - wall;
            long cpuNanos = threads.getCurrentThreadCpuTime() - cpu;
            cell.print("wall " + millis(wallNanos) + ", CPU " + millis(cpuNanos) + "\n");
        }
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    private Optional<Object> load(MagicCall call, Cell cell) throws Exception {
        Optional<Object> value = Optional.empty();
        for (var argument : call.arguments()) {
            var file = existing(argument);
            for (var script : Script.of(file)) {
                value = control.runScript(script.name(), script.text(), cell);
            }
        }
        return value;
    }

    /** As in IJava, the ending may be left out. */
    private static Path existing(String argument) throws IOException {
        var found = new ArrayList<Path>();
        for (var ending : List.of("", ".ipynb", ".jshell", ".jsh", ".java")) {
            found.addAll(PathPattern.files(argument + ending).stream()
                    .filter(Files::isRegularFile)
                    .toList());
        }
        if (found.isEmpty()) {
            throw new IOException(
                    "there is no file " + argument + " in " + Path.of("").toAbsolutePath());
        }
        return found.get(0);
    }

    /** As in IJava, Java that takes the value gets the paths; for a magic that stands alone what is printed says it all. */
    private static Optional<Object> add(KernelHost host, MagicCall call, Cell cell) throws IOException {
        var added = new ArrayList<String>();
        for (var argument : call.arguments()) {
            var files = PathPattern.files(argument);
            if (files.stream().noneMatch(Files::exists)) {
                throw new IOException(
                        "there is no file " + argument + " in " + Path.of("").toAbsolutePath());
            }
            for (var file : files) {
                var path = file.toAbsolutePath().normalize();
                host.addToClassPath(path);
                added.add(path.toString());
                cell.print("added " + file + "\n");
            }
        }
        return host.assignedName().map(variable -> List.copyOf(added));
    }

    private String classPath() {
        var lines = control.classPath().stream().map(Path::toString).toList();
        return lines.isEmpty() ? "nothing was added" : String.join("\n", lines);
    }

    private String who() {
        var rows = new ArrayList<List<String>>();
        for (var variable : control.variables()) {
            var cell = variable.cell() == 0 ? "" : "[" + variable.cell() + "]";
            rows.add(List.of(variable.name(), variable.type(), cell, shortText(variable.value())));
        }
        var text = new StringBuilder(rows.isEmpty() ? "no variables" : TextTable.of(rows));
        for (var thread : control.leftBehind()) {
            text.append("\nleft behind: ")
                    .append(thread.thread())
                    .append(", in ")
                    .append(thread.call());
        }
        return text.toString();
    }

    private static String shortText(@Nullable Object value) {
        String text;
        try {
            text = String.valueOf(value).replaceAll("\\s+", " ");
        } catch (RuntimeException e) {
            return "cannot be printed: " + e;
        }
        return text.length() <= VALUE_LENGTH ? text : text.substring(0, VALUE_LENGTH) + "…";
    }

    private String timeout(String text) {
        if (text.equals("off") || text.equals("0")) {
            control.timeout(Optional.empty());
        } else if (!text.isEmpty()) {
            var matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("%timeout takes a time such as 30s, 500ms, 2m, or off; not " + text);
            }
            long n = Long.parseLong(matcher.group(1));
            control.timeout(Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(n);
                        case "m" -> Duration.ofMinutes(n);
                        case "h" -> Duration.ofHours(n);
                        default -> Duration.ofSeconds(n);
                    }));
        }
        return control.timeout()
                .map(limit -> "a cell may run " + limit.toMillis() / 1000.0 + " s")
                .orElse("a cell may run for ever");
    }
}
