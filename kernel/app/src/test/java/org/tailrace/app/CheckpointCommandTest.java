package org.tailrace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.Dsl.memory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.Tailrace;

/** {@code checkpoint DIR}, on a real folder. */
class CheckpointCommandTest {
    record Word(String word) {}

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int main(String... arguments) {
        out.reset();
        err.reset();
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private static Set<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return new TreeSet<>(files.map(Path::toString).toList());
        }
    }

    @Test
    void a_checkpoint_is_printed_while_its_query_runs_and_damage_gives_exit_code_1() throws Exception {
        Path checkpoint = folder.resolve("cp");
        try (Tailrace streams = Tailrace.local()) {
            var words = streams.memory("words", Word.class);
            var q = words.groupBy("word")
                    .count()
                    .to(memory("counts"))
                    .update()
                    .checkpoint(checkpoint)
                    .start("counts");
            words.add(new Word("a"), new Word("b"));
            q.processAllAvailable();
            Set<String> before = names(folder);
            assertEquals(0, main("checkpoint", checkpoint.toString()), said());
            assertTrue(
                    said().contains("held, or held last, by process "
                            + ProcessHandle.current().pid()),
                    said());
            assertTrue(said().contains("last batch  #0"), said());
            assertTrue(said().contains("written 2 rows"), said());
            assertTrue(said().contains("every record is whole"), said());
            assertEquals(before, names(folder));
        }
        Path state = Files.list(checkpoint)
                .filter(file -> file.getFileName().toString().startsWith("changes-"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(state);
        bytes[bytes.length - 1] ^= 1;
        Files.write(state, bytes);
        assertEquals(1, main("checkpoint", checkpoint.toString()));
        assertTrue(said().contains("! " + state.getFileName() + ": record 1 at byte"), said());
        assertEquals(1, main("checkpoint", folder.toString()));
        assertTrue(said().contains("TR-609"), said());
        assertEquals(2, main("checkpoint"));
        assertEquals(2, main("checkpoint", folder.resolve("none").toString()));
    }
}
