package org.tailrace.app.launch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command that starts a Java process of ours: the kernel for Jupyter, the child of {@code run}. One place for the
 * JVM's flags, so that a notebook behaves the same in both.
 */
public final class JavaCommand {

    /** The name of the class-data archive beside a jar. */
    public static final String ARCHIVE = "tailrace.jsa";

    /**
     * Full tiered compilation, since queries run long, but a method without loops becomes optimised only after three times
     * the usual calls: a start runs most of the Java compiler a few thousand times, and what optimised it competed with it for
     * the cores; loops, as those of queries, are optimised as soon as ever. The collector with the greatest throughput, in a
     * heap that begins small and grows with what it holds, and not by leaps because a start has much to throw away. What
     * Arrow, Spark Connect and our use of JShell open by reflection. No warning on newer JVMs for the native access and the
     * Unsafe use of libraries (that flag is unknown before JDK 23, hence the first one), nor one for logging that nobody
     * configured.
     */
    private static final List<String> FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:Tier4InvocationThreshold=15000",
            "-XX:+UseParallelGC",
            "-Xms64m",
            "-XX:NewSize=24m",
            "-XX:YoungGenerationSizeSupplement=0",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
            "--add-opens=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Xshare:auto");

    private JavaCommand() {}

    /** The absolute path of the java that runs this process. */
    public static String java() {
        boolean windows = File.separatorChar == '\\';
        return Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java")
                .toString();
    }

    /**
     * java and its flags, to start {@code jar} with {@code arguments}; with the archive beside it, if there is one.
     *
     * @param more JVM flags besides our own
     */
    public static List<String> ofJar(Path jar, List<String> more, List<String> arguments) {
        Path archive = jar.resolveSibling(ARCHIVE);
        var flags = new ArrayList<>(more);
        if (Files.isRegularFile(archive)) {
            flags.add("-XX:SharedArchiveFile=" + archive);
        }
        return command(flags, List.of("-jar", jar.toString()), arguments);
    }

    /** The command that makes the archive: {@code jar} runs with {@code arguments} and leaves it as it exits. */
    public static List<String> archiving(Path jar, List<String> more, List<String> arguments) {
        var flags = new ArrayList<>(more);
        flags.add("-XX:ArchiveClassesAtExit=" + jar.resolveSibling(ARCHIVE));
        return command(flags, List.of("-jar", jar.toString()), arguments);
    }

    /** The command that starts {@code main} on the class path of this process, from any folder. */
    public static List<String> ofThisProcess(String main, List<String> arguments) {
        List<Path> classPath = classPath();
        if (classPath.size() == 1 && Files.isRegularFile(classPath.get(0))) {
            return ofJar(classPath.get(0), List.of(), arguments);
        }
        String joined = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return command(List.of(), List.of("-cp", joined, main), arguments);
    }

    /** The class path of this process, absolute. */
    public static List<Path> classPath() {
        var entries = new ArrayList<Path>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry).toAbsolutePath().normalize());
            }
        }
        return entries;
    }

    private static List<String> command(List<String> flags, List<String> program, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(program);
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
