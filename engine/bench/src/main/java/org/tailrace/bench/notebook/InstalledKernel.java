package org.tailrace.bench.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The kernel as {@code install} leaves it, with its flags and its archive of classes, started as Jupyter starts it. */
public final class InstalledKernel {
    private static final int SECONDS = 120;

    private final JsonNode spec;
    private final Path folder;

    /** Installs {@code jar} below a folder. */
    public InstalledKernel(Path jar, Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        Process install = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toAbsolutePath().toString(),
                        "install",
                        "--prefix",
                        folder.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("install.log").toFile())
                .start();
        if (!install.waitFor(SECONDS, TimeUnit.SECONDS) || install.exitValue() != 0) {
            install.destroyForcibly();
            throw new IOException("install failed, see " + folder.resolve("install.log"));
        }
        Path kernel = folder.resolve("share/jupyter/kernels/tailrace/kernel.json");
        spec = new JsonMapper().readTree(Files.readString(kernel));
    }

    /** A kernel and a front end that is connected to it; the kernel is ended when it is closed. */
    public record Running(Process process, FrontEnd front, long startedNanos) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            front.close();
            process.destroyForcibly().waitFor();
        }
    }

    /** Returns when the kernel has said that it is there. */
    public Running start() throws IOException {
        List<Integer> ports = freePorts(5);
        String key = UUID.randomUUID().toString();
        Path connection = Files.createTempFile(
                folder,
                "connection",
                ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var json = new JsonMapper()
                .createObjectNode()
                .put("transport", "tcp")
                .put("ip", "127.0.0.1")
                .put("shell_port", ports.get(0))
                .put("iopub_port", ports.get(1))
                .put("control_port", ports.get(2))
                .put("stdin_port", ports.get(3))
                .put("hb_port", ports.get(4))
                .put("signature_scheme", "hmac-sha256")
                .put("key", key);
        Files.writeString(connection, json.toString());
        var command = new ArrayList<String>();
        spec.path("argv")
                .forEach(word -> command.add(word.asText().replace("{connection_file}", connection.toString())));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("kernel.log").toFile()));
        spec.path("env")
                .fields()
                .forEachRemaining(entry -> builder.environment()
                        .put(entry.getKey(), entry.getValue().asText()));
        builder.environment().put("TAILRACE_QUERIES", folder.resolve("queries").toString());
        long started = System.nanoTime();
        Process process = builder.start();
        try {
            return new Running(process, new FrontEnd(ports.get(0), ports.get(1), key, SECONDS * 1000), started);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var open = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return open.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : open) {
                socket.close();
            }
        }
    }
}
