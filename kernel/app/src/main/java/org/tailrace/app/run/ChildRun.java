package org.tailrace.app.run;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tailrace.app.launch.JavaCommand;

/**
 * Runs a notebook in a JVM of its own, started in the notebook's folder with the kernel's flags, so that relative paths
 * and reflection work in it as they do under Jupyter.
 */
public final class ChildRun {

    /** Set in the environment of a process that runs a notebook again, where {@code %check} would never come to an end. */
    public static final String CHECKING = "TAILRACE_CHECKING";

    private ChildRun() {}

    /**
     * Waits for the child, which shares this process's terminal and ends with it.
     *
     * @param command the child's command, before the options
     * @return the child's exit code
     */
    public static int run(String main, String command, RunOptions options) throws IOException, InterruptedException {
        return await(builder(main, command, options).redirectOutput(Redirect.INHERIT));
    }

    /** Waits for a child that says what it does in a file, and leaves alone what checks notebooks. */
    static int check(String main, String command, RunOptions options, Path log)
            throws IOException, InterruptedException {
        var builder = builder(main, command, options).redirectOutput(log.toFile());
        builder.environment().put(CHECKING, "true");
        return await(builder.redirectErrorStream(true));
    }

    private static ProcessBuilder builder(String main, String command, RunOptions options) {
        RunOptions absolute = options.absolute();
        Path folder = absolute.notebook().getParent();
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(absolute.toArguments());
        var builder = new ProcessBuilder(JavaCommand.ofThisProcess(main, arguments))
                .directory(folder.toFile())
                .redirectError(Redirect.INHERIT);
        // As Jupyter tells its kernels which notebook they serve.
        builder.environment().put("JPY_SESSION_NAME", absolute.notebook().toString());
        return builder;
    }

    private static int await(ProcessBuilder builder) throws IOException, InterruptedException {
        Process child = builder.start();
        child.getOutputStream().close();
        var ending = new Thread(child::destroy, "end-child");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            return child.waitFor();
        } finally {
            child.destroy();
            Runtime.getRuntime().removeShutdownHook(ending);
        }
    }
}
