package org.tailrace.kernel.exec.magic;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;

/** {@code %config}: what holds for this notebook, and by what it is changed. */
final class Config {

    private final NotebookControl control;
    private final UnaryOperator<String> timeout;

    /** @param timeout changes the limit, if its text is not empty, and says what holds */
    Config(NotebookControl control, UnaryOperator<String> timeout) {
        this.control = control;
        this.timeout = timeout;
    }

    Magic magic() {
        return new LineMagic(
                "config",
                Magic.Kind.LINE,
                "%config [offline on|off | timeout 30s|off]",
                "Lists what holds for this notebook and by what it is changed; or changes it.",
                (call, cell) -> Optional.of(run(call)),
                word -> Stream.of("offline", "timeout", "on", "off")
                        .filter(each -> each.startsWith(word))
                        .toList());
    }

    private String run(MagicCall call) {
        var words = call.arguments();
        if (words.isEmpty()) {
            return TextTable.of(rows());
        }
        var value = String.join(" ", words.subList(1, words.size()));
        return switch (words.get(0)) {
            case "offline" -> offline(value);
            case "timeout" -> timeout.apply(value);
            default ->
                throw new IllegalArgumentException(
                        "there is no setting " + words.get(0) + " to change; there are offline and timeout");
        };
    }

    private String offline(String value) {
        if (value.equals("on") || value.equals("off")) {
            control.offline(value.equals("on"));
        } else if (!value.isEmpty()) {
            throw new IllegalArgumentException("%config offline takes on or off; not " + value);
        }
        return control.offline() ? "no magic asks a server" : "magics may ask servers";
    }

    private List<List<String>> rows() {
        var options = String.join(" ", control.compilerOptions());
        return List.of(
                List.of("setting", "holds", "changed by"),
                List.of(
                        "offline",
                        control.offline() ? "on" : "off",
                        "%config offline on; at the start TAILRACE_OFFLINE=true"),
                List.of(
                        "timeout",
                        control.timeout()
                                .map(limit -> limit.toMillis() / 1000.0 + " s")
                                .orElse("off"),
                        "%config timeout 30s; at the start JJAVA_TIMEOUT"),
                List.of(
                        "class path",
                        control.classPath().size() + " added",
                        "%classpath, %jars, %maven; at the start JJAVA_CLASSPATH"),
                List.of("compiler options", options.isEmpty() ? "none" : options, "at the start JJAVA_COMPILER_OPTS"),
                List.of(
                        "Java",
                        Runtime.version().feature() + ", heap up to "
                                + Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MB",
                        "the java that installs the kernel; at the start JAVA_TOOL_OPTIONS"));
    }
}
