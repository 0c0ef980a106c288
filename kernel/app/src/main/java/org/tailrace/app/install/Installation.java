package org.tailrace.app.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.tailrace.app.launch.JavaCommand;

/**
 * A kernel in one of Jupyter's folders. It has a copy of the jar, so that building or deleting the original does not
 * touch it, and an archive of loaded classes that makes it start faster.
 */
public final class Installation {

    static final String JAR = "tailrace.jar";
    private static final List<String> LOGOS = List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");
    private static final long ARCHIVE_SECONDS = 120;

    private final Path folder;
    private final String name;

    /** @param kernels one of {@link JupyterFolders} */
    public Installation(Path kernels, String name) {
        this.folder = kernels.toAbsolutePath().normalize().resolve(name);
        this.name = name;
    }

    public Path folder() {
        return folder;
    }

    /**
     * Installs the kernel, over an older one of ours if need be. Jupyter sees it when everything else is in place.
     *
     * @param jar the one to copy
     * @param flags more JVM flags, such as those of {@code --light}
     * @param warmUp arguments with which the jar does what a kernel does first, and exits
     * @return whether the archive was made; without it the kernel only starts more slowly
     * @throws IOException also if a kernel of that name is somebody else's
     */
    public boolean install(Path jar, List<String> flags, List<String> warmUp) throws IOException, InterruptedException {
        if (Files.exists(folder.resolve(KernelSpec.FILE)) && !KernelSpec.isOurs(folder)) {
            throw new IOException("another kernel is installed in " + folder + "; choose another --name");
        }
        Files.createDirectories(folder);
        Path copy = folder.resolve(JAR);
        if (!Files.exists(copy) || !Files.isSameFile(copy, jar)) {
            Path part = folder.resolve(JAR + ".part");
            Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        for (String logo : LOGOS) {
            try (InputStream in = Objects.requireNonNull(Installation.class.getResourceAsStream(logo), logo)) {
                Files.copy(in, folder.resolve(logo), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        boolean archived = archive(copy, flags, warmUp);
        var command = JavaCommand.ofJar(copy, flags, List.of("kernel", "{connection_file}"));
        Files.writeString(folder.resolve(KernelSpec.FILE), KernelSpec.json(name, command));
        return archived;
    }

    private static boolean archive(Path jar, List<String> flags, List<String> warmUp)
            throws IOException, InterruptedException {
        Path archive = jar.resolveSibling(JavaCommand.ARCHIVE);
        Files.deleteIfExists(archive);
        Process process = new ProcessBuilder(JavaCommand.archiving(jar, flags, warmUp))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(ARCHIVE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        // some JVMs write an archive also of a run that failed
        if (!ended || process.exitValue() != 0) {
            Files.deleteIfExists(archive);
        }
        return Files.exists(archive);
    }

    /**
     * Removes everything that {@link #install} wrote.
     *
     * @return whether there was a kernel of ours
     * @throws IOException also if the folder holds files of somebody else, which stay
     */
    public boolean uninstall() throws IOException {
        if (!KernelSpec.isOurs(folder)) {
            return false;
        }
        var files = new ArrayList<>(List.of(KernelSpec.FILE, JAR, JavaCommand.ARCHIVE));
        files.addAll(LOGOS);
        for (String file : files) {
            Files.deleteIfExists(folder.resolve(file));
        }
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            throw new IOException("the kernel is gone, but " + folder + " holds other files, which stay");
        } catch (NoSuchFileException e) {
            return true;
        }
        return true;
    }
}
