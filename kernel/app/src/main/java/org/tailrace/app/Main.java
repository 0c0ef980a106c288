package org.tailrace.app;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.tailrace.app.run.ChildRun;
import org.tailrace.app.run.NotebookException;
import org.tailrace.app.run.NotebookRunner;
import org.tailrace.app.run.ResultCheck;
import org.tailrace.app.run.RunOptions;
import org.tailrace.kernel.spi.Command;

/** The command line of {@code tailrace.jar}. Exit codes: 0 done, 1 a cell, a query or the command failed, 2 wrong usage. */
public final class Main {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** What {@code run} starts in the notebook's folder. */
    static final String RUN_HERE = "run-here";

    /** What {@code install} runs to see which classes a kernel loads. */
    static final String WARM_UP = "warm-up";

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        // Libraries log through SLF4J; that nobody listens is nothing to warn of in a notebook's cell.
        System.setProperty("slf4j.internal.verbosity", System.getProperty("slf4j.internal.verbosity", "ERROR"));
        System.exit(new Main(terminal(FileDescriptor.out), terminal(FileDescriptor.err)).run(arguments));
    }

    /** Runs one command and returns the process's exit code. */
    int run(String... arguments) {
        if (arguments.length == 0) {
            err.print(Usage.TEXT);
            return USAGE;
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        try {
            return switch (arguments[0]) {
                case "kernel" -> KernelCommand.run(rest, err);
                case "run" -> runNotebook(RunCommand.parse(rest));
                case "check" -> check(rest);
                case RUN_HERE -> runHere(RunCommand.parse(rest));
                case WARM_UP -> WarmUp.run(err);
                case "install" -> InstallCommand.install(rest, out);
                case "uninstall" -> InstallCommand.uninstall(rest, out);
                case "version", "--version" -> {
                    out.println("tailrace " + version() + " on Java " + Runtime.version());
                    yield OK;
                }
                case "help", "--help", "-h" -> {
                    out.print(Usage.TEXT);
                    yield OK;
                }
                default -> runPlugin(arguments[0], rest);
            };
        } catch (UsageException e) {
            err.println("tailrace: " + e.getMessage());
            err.println("try: java -jar tailrace.jar help");
            return USAGE;
        } catch (NotebookException e) {
            err.println("tailrace: " + e.getMessage());
            return USAGE;
        } catch (FileSystemException e) {
            String reason =
                    Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
            err.println("tailrace: cannot use " + e.getFile() + ": " + reason);
            return FAILED;
        } catch (IOException e) {
            err.println("tailrace: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int runPlugin(String name, List<String> arguments) throws UsageException {
        for (Command command : ServiceLoader.load(Command.class)) {
            if (command.name().equals(name)) {
                try {
                    return command.run(arguments, out, err) ? OK : FAILED;
                } catch (Command.WrongUse e) {
                    throw new UsageException(e.getMessage());
                }
            }
        }
        throw new UsageException("no command '" + name + "'");
    }

    private int runNotebook(RunOptions options) throws UsageException, IOException, InterruptedException {
        if (!Files.isRegularFile(options.notebook())) {
            throw new UsageException("run: no such notebook: " + options.notebook());
        }
        return ChildRun.run(Main.class.getName(), RUN_HERE, options);
    }

    private int check(List<String> arguments)
            throws UsageException, NotebookException, IOException, InterruptedException {
        Path notebook = Path.of(
                CommandLine.parse("check", arguments, Set.of(), Set.of()).operand("a notebook"));
        if (!Files.isRegularFile(notebook)) {
            throw new UsageException("check: no such notebook: " + notebook);
        }
        ResultCheck check = ResultCheck.of(notebook, Main.class.getName(), RUN_HERE);
        out.println(check.text());
        return check.differences().isEmpty() ? OK : FAILED;
    }

    /** A cell may end this process, by {@code System.exit}; that is no success, whatever it says. */
    private int runHere(RunOptions options) throws NotebookException, IOException, InterruptedException {
        var early = new Thread(
                () -> {
                    err.println();
                    err.println("tailrace: the process ended before the notebook did; nothing was written");
                    Runtime.getRuntime().halt(FAILED);
                },
                "ended-early");
        Runtime.getRuntime().addShutdownHook(early);
        try {
            return new NotebookRunner(sink -> Sessions.open(sink, err::println), out).run(options) ? OK : FAILED;
        } finally {
            Runtime.getRuntime().removeShutdownHook(early);
        }
    }

    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }

    /**
     * The process's own stream, which no cell can redirect. UTF-8 where the platform only admits to ASCII, as a bare
     * container does.
     */
    private static PrintStream terminal(FileDescriptor descriptor) {
        Charset charset = Optional.ofNullable(System.console())
                .map(Console::charset)
                .filter(c -> !c.equals(StandardCharsets.US_ASCII))
                .orElse(StandardCharsets.UTF_8);
        return new PrintStream(new FileOutputStream(descriptor), true, charset);
    }
}
