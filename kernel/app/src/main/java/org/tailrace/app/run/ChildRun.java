package org.tailrace.app.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tailrace.app.launch.JavaCommand;

/**
 * Runs a notebook in a JVM of its own, started in the notebook's folder with the kernel's flags, so that relative paths
 * and reflection work in it as they do under Jupyter.
 */
public final class ChildRun {

    private ChildRun() {}

    /**
     * Waits for the child, which shares this process's terminal and ends with it.
     *
     * @param command the child's command, before the options
     * @return the child's exit code
     */
    public static int run(String main, String command, RunOptions options) throws IOException, InterruptedException {
        RunOptions absolute = options.absolute();
        Path folder = absolute.notebook().getParent();
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(absolute.toArguments());
        var builder = new ProcessBuilder(JavaCommand.ofThisProcess(main, arguments))
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // As Jupyter tells its kernels which notebook they serve.
        builder.environment().put("JPY_SESSION_NAME", absolute.notebook().toString());
        Process child = builder.start();
        child.getOutputStream().close();
        var ending = new Thread(child::destroy, "end-child");
        Runtime.getRuntime().addShutdownHook(ending);
        int code = child.waitFor();
        Runtime.getRuntime().removeShutdownHook(ending);
        return code;
    }
}
