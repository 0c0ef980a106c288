package org.tailrace.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.Kernel;
import org.tailrace.kernel.exec.JShellInterpreter;
import org.tailrace.kernel.exec.PreparedJava;
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
        CompletableFuture<PreparedJava> java = PreparedJava.begin();
        ConnectionInfo connection = ConnectionInfo.read(file, line.has("--allow-unsigned"));
        connection.warnings(file).forEach(warning -> err.println("warning: " + warning));
        try (Kernel kernel = start(connection, java, err::println)) {
            endWithParent(kernel, System.getenv("JPY_PARENT_PID"));
            kernel.awaitEnd();
        }
        return Main.OK;
    }

    /**
     * A server that is killed cannot say goodbye to its kernels; they would stay behind for ever.
     *
     * @param parent the process that Jupyter names in a kernel's environment; null if there is none to follow
     */
    static void endWithParent(Kernel kernel, @Nullable String parent) {
        if (parent != null && parent.matches("[0-9]{1,9}")) {
            ProcessHandle.of(Long.parseLong(parent)).ifPresent(p -> p.onExit().thenRun(kernel::close));
        }
    }

    static Kernel start(ConnectionInfo connection, Consumer<String> log) throws IOException {
        return start(connection, PreparedJava.begin(), log);
    }

    private static Kernel start(ConnectionInfo connection, CompletableFuture<PreparedJava> java, Consumer<String> log)
            throws IOException {
        return Kernel.start(
                connection,
                (output, plugins) -> new JShellInterpreter(output, plugins, java.join(), log),
                JShellInterpreter.installedPlugins(),
                log);
    }
}
