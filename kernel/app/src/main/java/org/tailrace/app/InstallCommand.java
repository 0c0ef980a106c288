package org.tailrace.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.tailrace.app.install.Installation;
import org.tailrace.app.install.JupyterFolders;
import org.tailrace.app.launch.JavaCommand;

/** {@code install} and {@code uninstall}. */
final class InstallCommand {

    /** Starts faster and in less memory, and runs long queries more slowly. */
    private static final List<String> LIGHT = List.of("-XX:TieredStopAtLevel=1", "-XX:ParallelGCThreads=1");

    private InstallCommand() {}

    static int install(List<String> arguments, PrintStream out)
            throws UsageException, IOException, InterruptedException {
        CommandLine line =
                CommandLine.parse("install", arguments, Set.of("--user", "--light"), Set.of("--prefix", "--name"));
        Installation installation = installation(line);
        List<Path> classPath = JavaCommand.classPath();
        if (classPath.size() != 1 || !Files.isRegularFile(classPath.get(0))) {
            throw new UsageException("install works from the built tailrace.jar only");
        }
        List<String> flags = line.has("--light") ? LIGHT : List.of();
        boolean archived = installation.install(classPath.get(0), flags, List.of(Main.WARM_UP));
        out.println("installed " + installation.folder());
        if (!archived) {
            out.println("without a class-data archive: this JVM made none, so the kernel starts more slowly");
        }
        return Main.OK;
    }

    static int uninstall(List<String> arguments, PrintStream out) throws UsageException, IOException {
        CommandLine line = CommandLine.parse("uninstall", arguments, Set.of("--user"), Set.of("--prefix", "--name"));
        Installation installation = installation(line);
        if (!installation.uninstall()) {
            out.println("no Tailrace kernel in " + installation.folder());
            return Main.FAILED;
        }
        out.println("removed " + installation.folder());
        return Main.OK;
    }

    private static Installation installation(CommandLine line) throws UsageException {
        line.noOperand();
        if (line.has("--user") && line.has("--prefix")) {
            throw new UsageException(line.command() + ": --user or --prefix, not both");
        }
        String name = line.last("--name").orElse("tailrace");
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
            throw new UsageException(line.command() + ": --name " + name + ": only letters, digits, '.', '_' and '-'");
        }
        Path kernels = line.last("--prefix")
                .map(prefix -> JupyterFolders.ofPrefix(Path.of(prefix)))
                .orElseGet(() -> JupyterFolders.ofUser(
                        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home"))));
        return new Installation(kernels, name);
    }
}
