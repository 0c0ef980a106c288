package org.tailrace.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.env.FileSystem;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.OutputMode;
import org.tailrace.spi.Format;
import org.tailrace.spi.Sink;

/**
 * Writes the rows of each batch into one file, or one for each partition, that appears whole by a rename. Its name is fixed by
 * query and batch, {@code part-0000000042-QUERY.csv}: a batch that comes again replaces its files. A batch without rows makes
 * no file. Any program can read the directory; of a partitioned batch the files appear one by one.
 */
final class FileSink implements Sink {
    private static final String TEMPORARY = ".tmp";

    private final FileSystem disk;
    private final Path root;
    private final Format format;
    private final Map<String, String> options;
    private final List<String> partitionBy;

    private String suffix = "";
    private long start;
    private Schema schema = new Schema(List.of());
    private Schema stored = schema;
    private int[] partitions = new int[0];
    private int[] columns = new int[0];
    private OptionalLong last = OptionalLong.empty();

    FileSink(FileSystem disk, Path root, Format format, Map<String, String> options, List<String> partitionBy) {
        this.disk = disk;
        this.root = root;
        this.format = format;
        this.options = options;
        this.partitionBy = partitionBy;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true);
    }

    @Override
    public void open(String queryId, long epoch, Schema rows, List<Integer> upsertKeys) throws IOException {
        suffix = "-" + encode(queryId) + "." + format.name();
        start = epoch;
        schema = rows;
        partitions = partitionBy.stream().mapToInt(this::ordinal).toArray();
        var kept = new ArrayList<Field>();
        var ordinals = new ArrayList<Integer>();
        for (int i = 0; i < rows.size(); i++) {
            int column = i;
            if (java.util.Arrays.stream(partitions).noneMatch(p -> p == column)) {
                kept.add(rows.field(i));
                ordinals.add(i);
            }
        }
        stored = new Schema(kept);
        columns = ordinals.stream().mapToInt(Integer::intValue).toArray();
        format.writer(options, stored);
        disk.createDirectories(root);
        last = newest();
    }

    /** The newest batch of which there are files. They are made durable, so that a crash now takes none of them back. */
    private OptionalLong newest() throws IOException {
        List<Path> files = files(root);
        OptionalLong newest = files.stream().mapToLong(this::batchOf).max();
        var directories = new TreeSet<Path>();
        for (Path file : files) {
            if (batchOf(file) == newest.getAsLong()) {
                directories.add(parent(file));
            }
        }
        for (Path directory : directories) {
            disk.syncDirectory(directory);
        }
        return newest;
    }

    private static Path parent(Path file) {
        return file.toAbsolutePath().getParent();
    }

    private int ordinal(String name) {
        int at = schema.indexOf(name);
        if (at < 0) {
            throw new PlanException(Problem.of("TR-431", "no column '" + name + "' to partition by")
                    .have(schema.toString()));
        }
        return at;
    }

    private long batchOf(Path file) {
        return Long.parseLong(name(file).substring(5, 15));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** This query's files; unfinished ones of earlier starts are deleted on the way. */
    private List<Path> files(Path directory) throws IOException {
        var found = new ArrayList<Path>();
        for (FileSystem.Entry entry : disk.list(directory)) {
            String name = name(entry.path());
            if (entry.directory() && name.contains("=")) {
                found.addAll(files(entry.path()));
            } else if (unfinished(name)) {
                disk.delete(entry.path());
            } else if (name.endsWith(suffix) && name.matches("part-\\d{10}-.*")) {
                found.add(entry.path());
            }
        }
        return found;
    }

    private boolean unfinished(String name) {
        int at = name.lastIndexOf(suffix + ".");
        if (at < 0 || !name.startsWith(".part-") || !name.endsWith(TEMPORARY)) {
            return false;
        }
        String by = name.substring(at + suffix.length(), name.length() - TEMPORARY.length());
        return by.isEmpty() || by.matches("\\.\\d{1,18}") && Long.parseLong(by.substring(1)) < start;
    }

    /** Of a partitioned batch some files may be missing: only the one before is known to be whole. */
    @Override
    public OptionalLong lastCommitted() {
        if (partitions.length == 0 || last.isEmpty()) {
            return last;
        }
        return last.getAsLong() == 0 ? OptionalLong.empty() : OptionalLong.of(last.getAsLong() - 1);
    }

    @Override
    public Writer begin(long batchId, OutputMode mode) {
        if (mode != OutputMode.APPEND) {
            throw new PlanException(Problem.of("TR-432", "files can only be appended to")
                    .because("a row that is in a file cannot be changed any more")
                    .fix("use append mode, or a sink that can update, such as a memory table"));
        }
        return new CollectingWriter() {
            @Override
            void commit(List<Batch> rows) throws IOException {
                write(batchId, rows);
            }
        };
    }

    private void write(long batchId, List<Batch> batches) throws IOException {
        String name = String.format(java.util.Locale.ROOT, "part-%010d", batchId) + suffix;
        Map<Path, BatchBuilder> parts = split(batches);
        boolean again = last.isPresent() && batchId <= last.getAsLong();
        var written = new TreeSet<Path>();
        for (var part : parts.entrySet()) {
            Path directory = part.getKey();
            disk.createDirectories(directory);
            put(directory, name, part.getValue().build());
            written.add(directory.resolve(name));
        }
        if (again) {
            for (Path old : files(root)) {
                if (batchOf(old) == batchId && !written.contains(old)) {
                    disk.delete(old);
                    disk.syncDirectory(parent(old));
                }
            }
        }
        last = OptionalLong.of(Math.max(batchId, last.orElse(batchId)));
    }

    private Map<Path, BatchBuilder> split(List<Batch> batches) {
        var parts = new LinkedHashMap<Path, BatchBuilder>();
        var view = VectorBatch.create(schema);
        for (Batch batch : batches) {
            view.view(batch, 0, batch.size());
            for (int row = 0; row < batch.size(); row++) {
                BatchBuilder part = parts.computeIfAbsent(directory(batch, row), path -> new BatchBuilder(stored));
                for (int i = 0; i < columns.length; i++) {
                    part.vector(i).append(view.columns[columns[i]], row);
                }
            }
        }
        return parts;
    }

    private Path directory(Batch batch, int row) {
        Path at = root;
        for (int partition : partitions) {
            Object value = batch.get(row, partition);
            String text = value == null || value.toString().isEmpty()
                    ? "__HIVE_DEFAULT_PARTITION__"
                    : encode(value.toString());
            at = at.resolve(encode(schema.name(partition)) + "=" + text);
        }
        return at;
    }

    private void put(Path directory, String name, Batch rows) throws IOException {
        // By the start's number: of two processes, one of which has been taken over from, neither renames the other's
        // half.
        Path temporary = directory.resolve("." + name + "." + start + TEMPORARY);
        var writer = format.writer(options, stored);
        try (var out = disk.create(temporary)) {
            byte[] head = writer.head();
            out.write(head, 0, head.length);
            byte[] body = writer.rows(rows);
            out.write(body, 0, body.length);
            out.sync();
        }
        disk.rename(temporary, directory.resolve(name));
        disk.syncDirectory(directory);
    }

    /** All but letters, digits and a few harmless signs as %NN, so that no value leaves its directory. */
    static String encode(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c >= '0' && c <= '9'
                    || c >= 'A' && c <= 'Z'
                    || c >= 'a' && c <= 'z'
                    || c == '-'
                    || c == '_'
                    || c == '.' && out.length() > 0;
            out.append(plain ? String.valueOf(c) : String.format(java.util.Locale.ROOT, "%%%02X", (int) c));
        }
        return out.toString();
    }
}
