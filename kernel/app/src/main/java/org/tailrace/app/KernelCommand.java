package org.tailrace.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.tailrace.kernel.Kernel;
import org.tailrace.kernel.exec.JShellInterpreter;
import org.tailrace.kernel.wire.ConnectionInfo;

/** {@code kernel CONNECTION_FILE}: serves a front end until it says goodbye. */
final class KernelCommand {

    private KernelCommand() {}

    static int run(List<String> arguments, PrintStream err) throws UsageException, IOException, InterruptedException {
        CommandLine line = CommandLine.parse("kernel", arguments, Set.of("--allow-unsigned"), Set.of());
        Path file = Path.of(line.operand("a connection file"));
        if (!Files.isRegularFile(file)) {
            throw new UsageException("kernel: no such connection file: " + file);
        }
        ConnectionInfo connection = ConnectionInfo.read(file, line.has("--allow-unsigned"));
        try (Kernel kernel = start(connection, err::println)) {
            kernel.awaitEnd();
        }
        return Main.OK;
    }

    static Kernel start(ConnectionInfo connection, Consumer<String> log) throws IOException {
        return Kernel.start(
                connection,
                (output, plugins) -> new JShellInterpreter(output, plugins, log),
                JShellInterpreter.installedPlugins(),
                log);
    }
}
