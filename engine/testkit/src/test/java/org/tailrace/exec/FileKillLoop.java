package org.tailrace.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tailrace.testkit.ChildJvm;
import org.tailrace.testkit.KillLoop;
import org.tailrace.testkit.Ledger;

/** Kills {@link KilledQuery} between two folders. */
final class FileKillLoop extends KillLoop {
    private static final int FILES = 40;
    private static final int ROWS = 5;
    private static final int KEYS = 7;

    private final Path folder;
    private final List<String> given = new ArrayList<>();
    private int files;

    /** @param program {@code good} or {@code bad} */
    FileKillLoop(Path folder, String program, long seed) throws Exception {
        super(new ChildJvm(folder, KilledQuery.class), List.of(folder.toString(), program), seed);
        this.folder = folder;
        for (String name : List.of("in", "out", "written")) {
            Files.createDirectories(folder.resolve(name));
        }
        give(2);
        finish();
    }

    @Override
    protected void give() throws IOException {
        give(FILES);
    }

    /** Files appear whole, by a rename, in the order of their names. */
    private void give(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var text = new StringBuilder();
            for (int row = 0; row < ROWS; row++) {
                String entry = "k" + random.nextInt(KEYS) + "," + given.size();
                given.add(entry);
                text.append(entry).append('\n');
            }
            String name = String.format(Locale.ROOT, "file-%06d.csv", files++);
            Path written = folder.resolve("written").resolve(name);
            Files.writeString(written, text);
            Files.move(written, folder.resolve("in").resolve(name));
        }
    }

    @Override
    protected void work(Process process) throws Exception {
        int enough = Math.min(files, written() + random.nextInt(8));
        while (written() < enough && process.isAlive()) {
            process.waitFor(1, TimeUnit.MILLISECONDS);
        }
        process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void free() throws IOException {
        Files.delete(folder.resolve("checkpoint").resolve("lock"));
    }

    private int written() {
        String[] names = folder.resolve("out").toFile().list((out, name) -> name.startsWith("part-"));
        return names == null ? 0 : names.length;
    }

    Ledger ledger() throws IOException {
        var found = new ArrayList<String>();
        try (Stream<Path> out = Files.list(folder.resolve("out"))) {
            for (Path file : (Iterable<Path>) out::iterator) {
                if (file.getFileName().toString().startsWith("part-")) {
                    List<String> rows = Files.readAllLines(file, StandardCharsets.UTF_8);
                    found.addAll(rows.subList(1, rows.size()));
                }
            }
        }
        return ledger(given, found);
    }
}
