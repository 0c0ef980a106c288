package org.tailrace.kernel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionInfoTest {

    private static final String TEXT = """
            {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
             "ip": "127.0.0.1", "key": "s3cret", "transport": "tcp", "signature_scheme": "hmac-sha256",
             "kernel_name": "tailrace"}
            """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        Path file = folder.resolve("kernel.json");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    void a_connection_file_is_read_as_jupyter_writes_it() throws IOException {
        var info = ConnectionInfo.read(file(TEXT), false);
        assertEquals(new ConnectionInfo("127.0.0.1", 1, 4, 3, 2, 5, "hmac-sha256", "s3cret"), info);
        assertEquals(List.of(), info.warnings(folder.resolve("kernel.json")));
    }

    @Test
    void the_key_is_in_no_text_about_the_connection() throws IOException {
        assertFalse(ConnectionInfo.read(file(TEXT), false).toString().contains("s3cret"));
        Path broken = file(TEXT.replace("\"s3cret\",", "\"s3cret\" oops"));
        var e = assertThrows(IOException.class, () -> ConnectionInfo.read(broken, false));
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains("s3cret"), cause.toString());
        }
    }

    @Test
    void a_file_that_others_may_read_and_an_address_beyond_this_machine_are_warned_about() throws IOException {
        Path file = file(TEXT.replace("127.0.0.1", "0.0.0.0"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        List<String> warnings = ConnectionInfo.read(file, false).warnings(file);
        assertEquals(2, warnings.size());
        assertTrue(warnings.get(0).contains("0600"));
        assertTrue(warnings.get(1).contains("0.0.0.0"));
    }

    @Test
    void an_empty_key_needs_consent_and_is_warned_about() throws IOException {
        Path file = file(TEXT.replace("s3cret", ""));
        assertThrows(IOException.class, () -> ConnectionInfo.read(file, false));
        assertEquals(1, ConnectionInfo.read(file, true).warnings(file).size());
    }

    @Test
    void what_cannot_be_used_is_said() throws IOException {
        for (String bad : List.of(
                "[]",
                TEXT.replace("\"tcp\"", "\"ipc\""),
                TEXT.replace("\"hb_port\": 5", "\"hb_port\": 70000"),
                TEXT.replace("\"hb_port\": 5,", ""))) {
            Path file = file(bad);
            assertThrows(IOException.class, () -> ConnectionInfo.read(file, false), bad);
        }
    }
}
