package org.tailrace.kernel.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where a kernel listens and the key that messages are signed with. A port of 0 is any free one.
 *
 * @param key empty if messages are not signed, which anyone on this machine can abuse
 */
public record ConnectionInfo(
        String ip,
        int shellPort,
        int controlPort,
        int stdinPort,
        int iopubPort,
        int heartbeatPort,
        String signatureScheme,
        String key) {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * Reads a connection file as Jupyter writes it.
     *
     * @param allowUnsigned whether an empty key is accepted
     * @throws IOException if the file is missing or says something this kernel cannot do; the key is never quoted
     */
    public static ConnectionInfo read(Path file, boolean allowUnsigned) throws IOException {
        ObjectNode json;
        try {
            json = Json.parseObject(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            // its message would quote the text around the error, and so perhaps the key
            throw new IOException("connection file " + file + " is not JSON");
        }
        String transport = json.path("transport").asText("tcp");
        if (!transport.equals("tcp")) {
            throw new IOException(
                    "connection file " + file + ": transport '" + transport + "' is not supported, tcp is");
        }
        String key = json.path("key").asText("");
        if (key.isEmpty() && !allowUnsigned) {
            throw new IOException("connection file " + file + " has no key: anyone on this machine could run code here."
                    + " Start with --allow-unsigned if that is meant");
        }
        return new ConnectionInfo(
                json.path("ip").asText("127.0.0.1"),
                port(json, file, "shell_port"),
                port(json, file, "control_port"),
                port(json, file, "stdin_port"),
                port(json, file, "iopub_port"),
                port(json, file, "hb_port"),
                json.path("signature_scheme").asText("hmac-sha256"),
                key);
    }

    private static int port(ObjectNode json, Path file, String name) throws IOException {
        int port = json.path(name).asInt(-1);
        if (port < 0 || port > 65_535) {
            throw new IOException("connection file " + file + " has no usable " + name);
        }
        return port;
    }

    /** All ports free, on the loopback address. */
    public static ConnectionInfo anyPort(String key) {
        return new ConnectionInfo("127.0.0.1", 0, 0, 0, 0, 0, "hmac-sha256", key);
    }

    /** What is unsafe about this connection and its file, one sentence each. */
    public List<String> warnings(Path file) {
        var warnings = new ArrayList<String>();
        if (othersMayRead(file)) {
            warnings.add("others may read the connection file " + file + " and run code here; its mode should be 0600");
        }
        if (!isLoopback()) {
            warnings.add(
                    "the kernel listens on " + ip + ", beyond this machine; messages are signed but not encrypted");
        }
        if (key.isEmpty()) {
            warnings.add("messages are not signed: anyone who reaches the ports can run code here");
        }
        return warnings;
    }

    /** Unknown, and so not warned about, on a file system without such modes. */
    private static boolean othersMayRead(Path file) {
        try {
            return !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private boolean isLoopback() {
        try {
            return !ip.equals("*") && InetAddress.getByName(ip).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ConnectionInfo[" + ip + ", shell " + shellPort + ", control " + controlPort + ", stdin " + stdinPort
                + ", iopub " + iopubPort + ", heartbeat " + heartbeatPort + "]";
    }
}
